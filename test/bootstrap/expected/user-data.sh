#!/bin/bash
# Turns a bare Debian into a machine that serves release 0123456789abcdef.
# cloud-init runs it once, as root, and reports a status other than 0.
set -Eeuo pipefail
umask 022

readonly url='https://releases.s3.eu-central-1.amazonaws.com/releases/0123456789abcdef.tar.gz'
readonly sha256='0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
readonly region='eu-central-1'
readonly metadata='http://169.254.169.254/latest'
readonly logs='/var/log/intent-fleet'
readonly console='/dev/console'
readonly release='/opt/intent-fleet/releases/0123456789abcdef'
readonly partial='/opt/intent-fleet/releases/.0123456789abcdef.partial'

# A failure before the bootstrap runs is recorded in the same recap, which only root may read, and on the same console.
step='start'
begin() {
  step=$1
  printf '%s %s\n' "$(date -u +%FT%TZ)" "$step"
}
console_text() {
  printf 'intent-fleet: bootstrap failed: user-data: %s\n' "$step"
  tail -n 5 "$logs/bootstrap.log" | tr '\r' ' ' | cut -c 1-200 | sed 's/^/intent-fleet: | /'
  printf 'intent-fleet: recap: ok=0 changed=0 skipped=0 failed=1 in %s.0 s\n' "$SECONDS"
}
fail() {
  local status=$?
  trap - ERR
  printf 'failed: %s (status %s)\n' "$step" "$status"
  # tee writes the last lines meanwhile.
  sleep 1
  console_text | timeout 10 dd of="$console" oflag=append,noctty conv=nocreat,notrunc iflag=fullblock bs=64K status=none || true
  printf '{"format":1,"release":"0123456789abcdef","check":false,"ok":0,"changed":0,"skipped":0,"failed":1,"tasks":[{"role":"user-data","task":"%s","kind":"command","status":"failed","milliseconds":0,"output":"status %s, see %s/bootstrap.log"}]}\n' \
    "$step" "$status" "$logs" | install -m 600 /dev/stdin "$logs/recap.json"
  rm -rf "$partial"
  exit "$status"
}
trap fail ERR

mkdir -p "$logs" /etc/intent-fleet /opt/intent-fleet/releases
exec > >(tee -a "$logs/bootstrap.log") 2>&1

fetch() {
  curl --silent --show-error --fail --connect-timeout 5 --retry 8 --retry-delay 1 --retry-all-errors "$@"
}
credential() {
  tr -d '\n' <<< "$credentials" | sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\([^\"]*\)\".*/\1/p"
}
# curl reads the secrets from standard input, so that neither the process list nor a log shows them.
# S3 expects the hash of the request body among the signed headers, and curl omits it: the body is empty.
readonly empty='e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
fetch_signed() {
  fetch --max-time 300 --config - --aws-sigv4 "aws:amz:$region:s3" --output "$2" "$1" << CONFIG
user = "$(credential AccessKeyId):$(credential SecretAccessKey)"
header = "x-amz-security-token: $(credential Token)"
header = "x-amz-content-sha256: $empty"
CONFIG
}

if ! command -v curl > /dev/null || [[ ! -e /etc/ssl/certs/ca-certificates.crt ]]; then
  begin 'Install curl and the certificate authorities'
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 -q update
  apt-get -o DPkg::Lock::Timeout=300 -q -y install --no-install-recommends curl ca-certificates
fi

if [[ ! -d "$release" ]]; then
  rm -rf "$partial"
  mkdir "$partial"

  begin 'Read the role credentials from the metadata service'
  token=$(fetch --max-time 10 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token")
  role=$(fetch --max-time 10 -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/iam/security-credentials/")
  credentials=$(fetch --max-time 10 -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/iam/security-credentials/$role")
  [[ -n "$(credential SecretAccessKey)" ]]

  begin 'Fetch the release'
  fetch_signed "$url" "$partial/release.tar.gz"
  unset token credentials

  begin 'Verify the checksum of the release'
  sha256sum --check --strict --quiet <<< "$sha256  $partial/release.tar.gz"

  begin 'Unpack the release'
  mkdir "$partial/files"
  tar --extract --gzip --file "$partial/release.tar.gz" --directory "$partial/files"
  mv --no-target-directory "$partial/files" "$release"
  rm -rf "$partial"
fi

begin 'Write the variables'
cat > /etc/intent-fleet/variables.json << 'VARIABLES'
{
  "service": {
    "workers": 2,
    "firstPort": 8081,
    "scheme": "https",
    "rateLimit": {
      "requests": 6000,
      "windowSeconds": 60
    },
    "logLevel": "info",
    "samples": false,
    "drainSeconds": 20
  },
  "nginx": {
    "rateLimit": {
      "requestsPerSecond": 100,
      "burst": 200
    },
    "clientMaxBodyKilobytes": 64,
    "loggedPercent": 100
  },
  "network": {
    "cidr": "10.20.0.0/16"
  },
  "fleet": {
    "name": "intent-fleet",
    "minReadySeconds": 10
  },
  "logs": {
    "groups": "/intent-fleet",
    "region": "eu-central-1",
    "endpoint": "https://logs.eu-central-1.amazonaws.com"
  }
}
VARIABLES

begin 'Converge'
# The bootstrap writes its own recap, and its status becomes the status of this script, which goes on only where the runtime
# cannot be executed.
set +e
shopt -s execfail
exec "$release/bin/node" "$release/bootstrap/bootstrap.mjs" converge --variables /etc/intent-fleet/variables.json ||
  fail
