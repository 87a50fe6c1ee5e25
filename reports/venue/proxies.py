"""Ready configurations of the two usual servers in front: HTTPS for the pages, plain http for the root alone.

Whoever opens the server by http gets the root's certificate under /ca.crt and is led to https for the rest.
"""

from collections.abc import Sequence
from pathlib import Path

LARGEST_REQUEST = 24  # MB, a little more than the application itself takes

CADDY = """\
# Jiangsai in a venue. Start: caddy run --config {folder}/Caddyfile --adapter caddyfile
{{
	auto_https off
	admin off
}}
{http} {{
	handle /ca.crt {{
		root * {folder}
		header Content-Type application/x-x509-ca-cert
		file_server
	}}
	handle {{
		redir https://{{host}}{{uri}} 302
	}}
}}
{https} {{
	tls {folder}/server.crt {folder}/server.key
	request_body {{
		max_size {largest}MB
	}}
	encode gzip
	reverse_proxy 127.0.0.1:{port}
}}
"""

NGINX = """\
# Jiangsai in a venue. Put this file into /etc/nginx/conf.d/ and reload nginx.
server {{
    listen 80;
    server_name {names};
    location = /ca.crt {{
        alias {folder}/ca.crt;
        default_type application/x-x509-ca-cert;
    }}
    location / {{
        return 302 https://$host$request_uri;
    }}
}}
server {{
    listen 443 ssl;
    server_name {names};
    ssl_certificate {folder}/server.crt;
    ssl_certificate_key {folder}/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size {largest}m;
    client_header_timeout 10s;
    client_body_timeout 30s;
    gzip on;
    gzip_types text/css text/javascript application/json;
    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
    }}
}}
"""


def caddyfile(hosts: Sequence[str], folder: Path, port: int) -> str:
    """Return a Caddyfile for these names and addresses in front of the application's port."""
    return CADDY.format(
        http=", ".join(f"http://{_bracketed(host)}" for host in hosts),
        https=", ".join(f"https://{_bracketed(host)}" for host in hosts),
        folder=folder,
        port=port,
        largest=LARGEST_REQUEST,
    )


def nginx_conf(hosts: Sequence[str], folder: Path, port: int) -> str:
    """Return an nginx configuration for these names and addresses in front of the application's port."""
    names = " ".join(_bracketed(host) for host in hosts)
    return NGINX.format(names=names, folder=folder, port=port, largest=LARGEST_REQUEST)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
