#!/bin/bash
# nginx answers with the instance's id and this revision: ${revision}
set -euo pipefail
echo "acceptance: ${revision} boots" > /dev/console

metadata=http://169.254.169.254/latest
token=$(curl -sf -X PUT -H 'x-aws-ec2-metadata-token-ttl-seconds: 600' $metadata/api/token)
read_metadata() { curl -sf -H "x-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"; }
instance=$(read_metadata instance-id)

# Facts that only a machine can find out.
status_of() { curl -s -o /dev/null -w '%%{http_code}' "$@" || true; }
read_object() {
  local role credentials
  role=$(read_metadata iam/security-credentials/)
  credentials=$(read_metadata "iam/security-credentials/$role")
  field() { python3 -c "import json, sys; print(json.load(sys.stdin)['$1'])" <<< "$credentials"; }
  status_of --aws-sigv4 'aws:amz:${region}:s3' --user "$(field AccessKeyId):$(field SecretAccessKey)" \
    -H "x-amz-security-token: $(field Token)" '${store}/${bucket}/'"$1"
}
# A new role takes a while to be known everywhere.
for _ in $(seq 15); do
  public=$(read_object public)
  [ "$public" = 200 ] && break
  sleep 2
done
mkdir -p /srv/acceptance
cat > /srv/acceptance/facts <<FACTS
metadata-without-token $(status_of $metadata/meta-data/instance-id)
public-object $public
private-object $(read_object private)
FACTS

# Answers after the number of seconds in the path; nginx alone cannot be slow.
cat > /usr/local/bin/slow.py <<'PYTHON'
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Slow(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(float(self.path.rsplit("/", 1)[1]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"slow\n")

ThreadingHTTPServer(("127.0.0.1", 81), Slow).serve_forever()
PYTHON
systemd-run --unit=slow python3 /usr/local/bin/slow.py

apt-get update || true
DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends nginx-light
cat > /etc/nginx/sites-enabled/default <<NGINX
map \$server_port \$group { 80 web; 8080 second; 8081 pinned; }
server {
  listen 80;
  listen 8080;
  listen 8081;
  default_type text/plain;
  location = /health { return 200 "healthy\n"; }
  location = /facts { alias /srv/acceptance/facts; }
  location = /break { return 444; }
  location = /missing { return 404; }
  location /slow/ { proxy_pass http://127.0.0.1:81; proxy_read_timeout 1h; }
  location / { return 200 "$instance ${revision} \$group\n"; }
}
NGINX
systemctl reload-or-restart nginx
echo "acceptance: ${revision} serves" > /dev/console
