#!/bin/bash
set -e
apt-get update -y
apt-get install -y nginx

TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
INSTANCE_ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)

echo "${greeting} from $INSTANCE_ID" > /var/www/html/index.html
systemctl enable --now nginx
