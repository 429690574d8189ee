"""Servers: the marks that they leave in an answer, and what to set there.

Behaviour was measured against nginx 1.22, Apache httpd 2.4, HAProxy 2.6, Caddy 2.6, lighttpd 1.4, Tomcat 10.1 and
Node 20, or is in the documents named beside the entry.
"""

from __future__ import annotations

from curlx.advice.vendor import Step, Vendor
from curlx.events import NGINX_PAGES

OF_ENVOY = ("upstream connect error or disconnect/reset before headers", "no healthy upstream")
"""Whole answers of Envoy's own with 503 (source/common/router/router.cc): none else of these lengths was seen of it."""

SERVERS: tuple[Vendor, ...] = (
    # nginx.org/en/docs/http/ngx_http_ssl_module.html, ngx_http_core_module.html, ngx_http_proxy_module.html;
    # for the Kubernetes ingress: ingress-nginx, "annotations.md" (auth-tls-*)
    Vendor(
        name="nginx",
        kind="server",
        products=("nginx", "openresty", "tengine"),
        marks=NGINX_PAGES,
        pages=("<center>nginx", "<center>openresty", "<center>tengine"),
        opens_tunnels=False,  # nginx.org/en/CHANGES, 1.21.1; before, it could not read the target of a CONNECT
        log="nginx's `error_log`",
        missing=(
            Step("Read `error_log` at level info: `client sent no required SSL certificate` confirms it."),
            Step("`ssl_verify_client on` refuses every request without a certificate. With `optional` the request gets "
                 "through, and `$ssl_client_verify` (NONE, SUCCESS or FAILED:reason) lets each location decide."),
            Step("`error_page 495 496 = ...` gives callers a clearer answer than the stock page."),
            Step("If this nginx is the Kubernetes ingress, the switches are the annotations `auth-tls-secret`, "
                 "`auth-tls-verify-client` and `auth-tls-verify-depth`; they hold for a host, not for a path."),
        ),
        rejected=(
            Step("Read `error_log` at level info: `client SSL certificate verify error: (10:certificate has expired)`, "
                 "`(21:unable to verify the first certificate)` ... names the reason that the page hides."),
            Step("`ssl_client_certificate` must hold the CA that issued the client certificate, up to its root; "
                 "`ssl_verify_depth` is 1 by default, too little for more than one intermediate."),
            Step("With `ssl_ocsp on`, an intermediate without an OCSP address fails too; `ssl_ocsp leaf` checks only "
                 "the client's own certificate."),
            Step("If this nginx is the Kubernetes ingress, the secret in `auth-tls-secret` must hold the full chain "
                 "under `ca.crt`, and `auth-tls-verify-depth` is 1 by default."),
        ),
        answers={
            400: Step("If nginx itself refused the request, `error_log` at level info says why (`client sent ...`); "
                      "`large_client_header_buffers` limits the request line and each header."),
            401: Step("Where nginx itself asks for the password (`auth_basic`), `error_log` says `password mismatch` "
                      "or `was not found`."),
            403: Step("`error_log` gives the reason where nginx itself refused: `access forbidden by rule` is an "
                      "`allow` or `deny` rule, `directory index of ... is forbidden` a folder without an index."),
            404: Step("`server_name` decides which server block answers; for names that no block has it is the "
                      "`default_server` of the port, or else the first one."),
            413: Step("Raise `client_max_body_size` (1 MB by default)."),
            414: Step("Raise `large_client_header_buffers`."),
            429: Step("nginx itself answers this where `limit_req_status` or `limit_conn_status` is set to 429."),
            502: Step("Read `error_log`: `connect() failed` or `upstream prematurely closed connection` names the "
                      "upstream server and the reason."),
            503: Step("If nginx itself answered: `limit_req` and `limit_conn` do so with 503 by default, and "
                      "`error_log` then says `limiting requests` or `limiting connections`."),
            504: Step("Read `error_log` for `upstream timed out`; `proxy_read_timeout` is 60 seconds by default."),
        },
    ),
    # httpd.apache.org/docs/2.4/mod/mod_ssl.html, core.html; modules/ssl/ssl_engine_kernel.c (AH numbers)
    Vendor(
        name="Apache httpd",
        kind="server",
        products=("apache",),
        marks=("post-handshake-impossible",),
        pages=("<address>apache",),
        log="Apache's `ErrorLog`",
        missing=(
            Step("Move `SSLVerifyClient` from the `<Location>`, `<Directory>` or `.htaccess` to the virtual host, or "
                 "give the protected paths a host name of their own: then the certificate is asked for in the "
                 "handshake. Asked for later, it needs renegotiation (TLS 1.2) or post-handshake authentication "
                 "(TLS 1.3), which HTTP/2 forbids and many clients lack (log: AH10158)."),
            Step("`SSLVerifyClient optional` with `Require ssl-verify-client` answers 403 instead of breaking the "
                 "handshake (log: AH01630)."),
            Step("A large request body before a late certificate request needs a larger `SSLRenegBufferSize` "
                 "(log: AH02257, under TLS 1.3 AH10228)."),
        ),
        rejected=(
            Step("Read `ErrorLog`: `AH02276: Certificate Verification: Error` names the reason."),
            Step("`SSLCACertificateFile` must hold the CA that issued the client certificate, up to its root; "
                 "`SSLVerifyDepth` is 1 by default. `SSLCADNRequestFile` sets the CA names that clients are told to "
                 "pick from."),
        ),
        answers={
            400: Step("`ErrorLog` gives the reason; `LimitRequestFieldSize` limits each header to 8190 bytes."),
            401: Step("Where Apache itself asks for the password (`AuthType`), `ErrorLog` says `AH01617` (wrong "
                      "password) or `AH01618` (no such user)."),
            403: Step("`ErrorLog` gives the reason: `AH01630: client denied by server configuration` is a `Require` "
                      "rule, `AH01276` a folder without an index."),
            413: Step("Raise `LimitRequestBody`."),
            421: Step("Host header and TLS server name select virtual hosts with different TLS settings."),
            502: Step("`ErrorLog` gives the reason (mod_proxy: `AH01102: error reading status line`)."),
            503: Step("`ErrorLog` gives the reason (mod_proxy: `AH01114: HTTP: failed to make connection to "
                      "backend`)."),
            504: Step("Raise `ProxyTimeout` or speed up the backend."),
        },
    ),
    # docs.haproxy.org/2.6/configuration.html: 5.1 `verify`, 7.3.4 `ssl_c_*`, 8.5 "session state at disconnection";
    # the sentences are those of its built-in error files (src/http.c, http_err_msgs)
    Vendor(
        name="HAProxy",
        kind="load balancer",
        products=("haproxy",),
        pages=(
            "no server is available to handle this request",
            "the server returned an invalid or incomplete response",
            "the server didn't respond in time",
            "your browser didn't send a complete request in time",
            "your browser sent an invalid request",
            "request forbidden by administrative rules",
        ),
        log="HAProxy's log: the termination state (`SC--`, `sH--`, `<NOSRV>`) says which side failed",
        missing=(
            Step("`verify required` on the bind line ends the handshake. `verify optional` with a rule on `ssl_c_used` "
                 "and `ssl_c_verify` gives callers a readable 403 instead."),
        ),
        rejected=(
            Step("Set `error-log-format` (2.5 and later) to `%[ssl_c_err] %[ssl_c_ca_err] %[ssl_fc_err,hex]`: without "
                 "it HAProxy writes no more than `SSL handshake failure` or the like."),
            Step("`ca-file` on the bind line must hold the CA that issued the client certificate, up to its root."),
        ),
        answers={
            400: Step("`show errors` on the stats socket prints the request that was refused."),
            403: Step("A rule such as `http-request deny` of the frontend answered."),
            408: Step("`timeout http-request` ended before the whole request had arrived."),
            502: Step("The backend server answered with something invalid or closed early: termination state `SH` or "
                      "`PH`."),
            503: Step("No server of the backend is up (`<NOSRV>`, state `SC`): look at the health checks."),
            504: Step("`timeout server` ended before the backend answered: state `sH`."),
        },
    ),
    # envoyproxy.io/docs: "Access logging" (%RESPONSE_FLAGS%), listener TLS statistics; istio.io: Gateway
    Vendor(
        name="Envoy (also inside Istio)",
        kind="load balancer",
        products=("envoy", "istio-envoy"),
        headers=("x-envoy-",),
        marks=("envoy-upstream",),
        log="Envoy's access log, field `%RESPONSE_FLAGS%`",
        missing=(
            Step("`require_client_certificate: true` (Istio: Gateway `tls.mode: MUTUAL`) ends the handshake; the "
                 "counter `ssl.fail_verify_no_cert` of the listener rises. Istio's OPTIONAL_MUTUAL lets the request "
                 "in without one."),
        ),
        rejected=(
            Step("The listener's counters `ssl.fail_verify_error` and `ssl.fail_verify_san` tell a wrong CA from a "
                 "wrong name."),
            Step("In Istio the secret of `credentialName` needs the issuing CA under `ca.crt`."),
            Step("`%DOWNSTREAM_TRANSPORT_FAILURE_REASON%` in the access log gives the reason.", verified=False),
        ),
        answers={
            404: Step("Flag NR: no route has this host and path. In Istio look at the Gateway's `hosts` and the "
                      "VirtualService bound to it."),
            429: Step("Flag RL: the local or global rate limit."),
            502: Step("Flag UPE: the upstream's answer was not valid HTTP."),
            503: Step("Flags: UH no healthy upstream, UF connection to it failed (also TLS), UC it closed the "
                      "connection, UO circuit breaker, NC no such cluster."),
            # the texts of its own answers: source/common/router/router.cc, source/common/http/conn_manager_impl.cc
            504: Step("Flag UT (in the answer: `upstream request timeout`): the route's timeout, 15 seconds by "
                      "default, ended first. Flag SI (`stream timeout`): nothing moved for `stream_idle_timeout`, 5 "
                      "minutes by default."),
        },
    ),
    # doc.traefik.io: TLS options, clientAuth. Traefik sets no header of its own, so its Go 404 page is not a mark.
    Vendor(
        name="Traefik",
        kind="load balancer",
        products=("traefik",),
        log="Traefik's log at level DEBUG (`http: TLS handshake error from`)",
        missing=(
            Step("`clientAuthType: RequireAndVerifyClientCert` in the TLS options refuses; `VerifyClientCertIfGiven` "
                 "makes the certificate optional."),
        ),
        rejected=(Step("`clientAuth.caFiles` must hold the CA that issued the client certificate."),),
        answers={404: Step("No router has this host and path.")},
    ),
    # caddyserver.com/docs/json/apps/http/servers/tls_connection_policies/client_authentication/
    Vendor(
        name="Caddy",
        kind="server",
        products=("caddy",),
        vias=("caddy",),
        log="Caddy's log (`http.log.error`, TLS at level DEBUG)",
        missing=(
            Step("`client_auth` with mode `require_and_verify` refuses in the handshake; `verify_if_given` makes the "
                 "certificate optional."),
        ),
        rejected=(
            Step("The trust pool of `client_auth` must hold the CA that issued the client certificate. Mode `require` "
                 "is no way out: it accepts any certificate, expired ones too."),
        ),
        answers={
            421: Step("Where client certificates are required, Caddy answers 421 when the Host header is not the name "
                      "of the TLS handshake (`strict_sni_host`)."),
            502: Step("Caddy's log says why `reverse_proxy` failed: `dial tcp ... connection refused`, a TLS error "
                      "..."),
        },
    ),
    # learn.microsoft.com: "HTTP status codes in IIS"; techcommunity IIS support blog on TLS 1.3 client certificates
    Vendor(
        name="IIS",
        kind="server",
        products=("microsoft-iis", "microsoft-httpapi"),
        log="the IIS log (status, sub-status and Win32 status) and `httperr.log`",
        missing=(
            Step("Read the sub-status in the IIS log: 403.7 is a missing client certificate. Remote callers see only "
                 "403."),
            Step("By default IIS asks by TLS renegotiation, which TLS 1.3 and HTTP/2 do not have. Enable the client "
                 "certificate in the handshake (`netsh http add sslcert ... clientcertnegotiation=enable`) or turn "
                 "TLS 1.3 off for the binding."),
            Step("A large request body before a late certificate request needs a larger `uploadReadAheadSize`."),
        ),
        rejected=(
            Step("Read the sub-status in the IIS log: 403.13 revoked, 403.16 untrusted (often a certificate that is "
                 "not self-signed in the Root store), 403.17 expired or not yet valid, 403.12 refused by the mapping."),
        ),
        answers={
            400: Step("`httperr.log` names requests that never reached the site (`BadRequest`, `Hostname`, "
                      "`RequestLength`)."),
            403: Step("The sub-status in the IIS log gives the reason: 403.4 TLS required, 403.7 client certificate, "
                      "403.14 no default document, 403.18 application pool."),
            404: Step("The sub-status in the IIS log gives the reason: 404.13 content too long, 404.3 MIME type, "
                      "404.15 query too long."),
            413: Step("The limits are `maxAllowedContentLength` and, where a client certificate is asked for late, "
                      "`uploadReadAheadSize`."),
            503: Step("The application pool is stopped or its queue is full: see `httperr.log` (`AppOffline`, "
                      "`QueueFull`)."),
        },
    ),
    # tomcat.apache.org: HTTP connector, SSLHostConfig `certificateVerification`; Spring Boot `server.ssl.client-auth`
    Vendor(
        name="Tomcat or another Java server",
        kind="server",
        products=("apache-coyote", "jetty"),
        pages=("<h1>http status ", "<h3>apache tomcat"),
        log="the Java process with `-Djavax.net.debug=ssl:handshake`",
        missing=(
            Step("`certificateVerification=\"required\"` (Spring Boot: `server.ssl.client-auth=need`) refuses in the "
                 "handshake; `optional` (`want`) lets requests without a certificate in."),
        ),
        rejected=(
            Step("The trust store (`truststoreFile`, Spring Boot: `server.ssl.trust-store`) must hold the CA that "
                 "issued the client certificate. Java gives one alert, certificate unknown, for a wrong CA, an expired "
                 "certificate and a wrong key usage alike: only its log tells them apart."),
        ),
        answers={
            400: Step("In Tomcat `maxHttpHeaderSize` limits all headers together to 8 kB by default; its log at level "
                      "INFO names invalid characters in the request."),
            404: Step("In Tomcat: no web application has this context path, or it failed to start (`catalina.out`)."),
            413: Step("In Tomcat `maxPostSize`, in Spring Boot `spring.servlet.multipart.*` limit what may be sent."),
            500: Step("Look for the stack trace in the application's log."),
        },
    ),
    # nodejs.org/api/tls.html: `requestCert`, `rejectUnauthorized`, event `tlsClientError`
    Vendor(
        name="Node.js (Express)",
        kind="server",
        pages=("<pre>cannot get /", "<pre>cannot post /", "<pre>cannot put /", "<pre>cannot delete /"),
        log="the application's own log (event `tlsClientError` for refused handshakes)",
        missing=(
            Step("With `requestCert: true, rejectUnauthorized: false` the application can answer 401 or 403 itself: "
                 "`req.socket.authorized` and `authorizationError` give the reason."),
        ),
        rejected=(
            Step("`ca` in the TLS options must hold the CA that issued the client certificate, up to its root; handle "
                 "`tlsClientError`, because Node closes the connection without an alert."),
        ),
        answers={404: Step("No route of the application has this method and path.")},
    ),
    # redmine.lighttpd.net/projects/lighttpd/wiki/Docs_SSL
    Vendor(
        name="lighttpd",
        kind="server",
        products=("lighttpd",),
        log="lighttpd's `server.errorlog`",
        missing=(
            Step("`ssl.verifyclient.enforce` refuses in the handshake; without it the certificate is optional."),
        ),
        rejected=(
            Step("`ssl.verifyclient.ca-file` must hold the CA that issued the client certificate, up to its root."),
        ),
        answers={413: Step("Raise `server.max-request-size`.")},
    ),
)  # fmt: skip
