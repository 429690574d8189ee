"""The settings that advice names are known to the servers: each stands in a configuration that its program checks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import trustme

from curlx.advice.servers import SERVERS
from curlx.advice.vendor import Vendor

_NGINX = """
error_log stderr info; pid nginx.pid;
events {}
http {
  access_log off;
  resolver 127.0.0.1;
  limit_req_zone $binary_remote_addr zone=r:1m rate=1r/s; limit_req_status 429;
  limit_conn_zone $binary_remote_addr zone=c:1m; limit_conn_status 429;
  server {
    listen unix:nginx.sock ssl default_server; server_name shop.example;
    ssl_certificate server.pem; ssl_certificate_key server.key;
    ssl_client_certificate ca.pem; ssl_verify_client on; ssl_verify_depth 2; ssl_ocsp on;
    ssl_stapling on;
    error_page 495 496 = @refused;
    client_max_body_size 8m; large_client_header_buffers 4 16k;
    location / {
      allow 127.0.0.1; deny all;
      limit_req zone=r; limit_conn c 1; auth_basic shop;
      proxy_pass https://127.0.0.1:9; proxy_read_timeout 90s;
    }
    location @refused { return 403 $ssl_client_verify; }
  }
  server {
    listen unix:second.sock ssl; ssl_certificate server.pem; ssl_certificate_key server.key;
    ssl_client_certificate ca.pem; ssl_verify_client optional; ssl_ocsp leaf;
  }
}
"""
_APACHE = """
ServerRoot "{here}"
ServerName shop.example
PidFile apache.pid
DefaultRuntimeDir "{here}"
Mutex file:{here}
ErrorLog error.log
{modules}
Listen 127.0.0.1:18443
SSLStaplingCache shmcb:{here}/staples(32768)
<VirtualHost 127.0.0.1:18443>
  SSLEngine on
  SSLCertificateFile server.pem
  SSLCertificateKeyFile server.key
  SSLCACertificateFile ca.pem
  SSLCADNRequestFile ca.pem
  SSLVerifyClient optional
  SSLVerifyDepth 2
  SSLUseStapling on
  LimitRequestFieldSize 16380
  LimitRequestBody 1048576
  ProxyTimeout 90
  <Location "/secure">
    SSLRenegBufferSize 1048576
    AuthType None
    Require ssl-verify-client
  </Location>
  <Directory "{here}">
    Require all denied
  </Directory>
</VirtualHost>
"""
_HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout http-request 10s
frontend strict
  bind unix@{here}/strict.sock ssl crt {here}/both.pem ca-file {here}/ca.pem verify required
  error-log-format "%[ssl_c_err] %[ssl_c_ca_err] %[ssl_fc_err,hex]"
  default_backend shop
frontend gentle
  bind unix@{here}/gentle.sock ssl crt {here}/both.pem ca-file {here}/ca.pem verify optional
  http-request deny deny_status 403 unless {{ ssl_c_used 1 }} {{ ssl_c_verify 0 }}
  default_backend shop
backend shop
  server one 127.0.0.1:9
"""
_CADDY = """
{{
  admin off
  auto_https off
  servers {{
    strict_sni_host on
  }}
}}
https://shop.example:18444 {{
  tls {here}/server.pem {here}/server.key {{
    client_auth {{
      mode require_and_verify
      trusted_ca_cert_file {here}/ca.pem
    }}
  }}
  reverse_proxy 127.0.0.1:9
}}
https://other.example:18444 {{
  tls {here}/server.pem {here}/server.key {{
    client_auth {{
      mode verify_if_given
      trusted_ca_cert_file {here}/ca.pem
    }}
  }}
}}
"""
_PROGRAMS = {
    "nginx": ("nginx", _NGINX, ("-t", "-p", "{here}", "-c", "{conf}")),
    "Apache httpd": ("apache2", _APACHE, ("-t", "-f", "{conf}")),
    "HAProxy": ("haproxy", _HAPROXY, ("-c", "-f", "{conf}")),
    "Caddy": ("caddy", _CADDY, ("validate", "--adapter", "caddyfile", "--config", "{conf}")),
}
_MODULES = Path("/usr/lib/apache2/modules")
"""Where Debian has Apache's modules."""
_NO_SETTING = {
    # what logs say, and what else is no directive of the program's own configuration
    "nginx": {"client sent no required SSL certificate", "client SSL certificate verify error: (10:certificate has "
              "expired)", "(21:unable to verify the first certificate)", "ca.crt", "client sent ...",
              "access forbidden by rule", "directory index of ... is forbidden", "connect() failed",
              "upstream prematurely closed connection", "limiting requests", "limiting connections",
              "upstream timed out", "password mismatch", "was not found", "auth-tls-secret", "auth-tls-verify-client", "auth-tls-verify-depth"},
    "Apache httpd": {"AH02276: Certificate Verification: Error", "AH01630: client denied by server configuration",
                     "AH01276", "AH01617", "AH01618", "AH01102: error reading status line",
                     "AH01114: HTTP: failed to make connection to backend", ".htaccess"},
    "HAProxy": {"SSL handshake failure", "show errors", "SH", "PH", "<NOSRV>", "SC", "sH", "SC--", "sH--"},
    "Caddy": {"dial tcp ... connection refused", "http.log.error", "require"},
}  # fmt: skip


def vendor(name: str) -> Vendor:
    return next(each for each in SERVERS if each.name == name)


@pytest.mark.parametrize("name", _PROGRAMS)
def test_every_setting_that_advice_names_stands_in_the_configuration(name: str) -> None:
    entry = vendor(name)
    texts = [entry.log, *(step.text for step in (*entry.missing, *entry.rejected, *entry.answers.values()))]
    named = {word for text in texts for word in re.findall(r"`([^`]+)`", text)} - _NO_SETTING[name]
    _, configuration, _ = _PROGRAMS[name]
    known = " ".join(configuration.split())
    assert [word for word in sorted(named) if word.removesuffix(" ...").rstrip(">") not in known] == []


@pytest.mark.parametrize("name", _PROGRAMS)
def test_the_program_takes_the_configuration(name: str, tmp_path: Path) -> None:
    program, configuration, options = _PROGRAMS[name]
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    authority = trustme.CA()
    issued = authority.issue_cert("shop.example", "other.example")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    issued.private_key_pem.write_to_path(tmp_path / "server.key")
    issued.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    for blob in issued.cert_chain_pems:
        blob.write_to_path(tmp_path / "server.pem", append=True)
    modules = ""
    if program == "apache2":
        wanted = ("mpm_event", "ssl", "socache_shmcb", "authn_core", "authz_core", "authz_host", "proxy", "proxy_http")
        modules = "\n".join(f"LoadModule {each}_module {_MODULES}/mod_{each}.so" for each in wanted)
    conf = tmp_path / "server.conf"
    filled = configuration if program == "nginx" else configuration.format(here=tmp_path, modules=modules)
    conf.write_text(filled)
    command = [found, *(option.format(here=tmp_path, conf=conf) for option in options)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
