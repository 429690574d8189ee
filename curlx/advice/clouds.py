"""Clouds, CDNs and load balancers in front of servers: how a log points at them, and what to set there.

Facts come from the vendors' documents, named beside each entry; none could be measured. What is general knowledge only
is marked `verified=False`.
"""

from __future__ import annotations

from curlx.advice.vendor import Step, Vendor

CLOUDS: tuple[Vendor, ...] = (
    # docs.aws.amazon.com: Application Load Balancers, "Mutual authentication with TLS", "Connection logs",
    # "Troubleshoot your Application Load Balancers"; repost.aws/knowledge-center/elb-alb-mtls-client-connection-errors
    Vendor(
        name="AWS Application Load Balancer",
        kind="load balancer",
        products=("awselb",),
        headers=("x-amzn-mtls-",),
        cookies=("awsalb", "awselb"),
        log="its access log (`elb_status_code` is its own answer, `target_status_code` the target's) and, for TLS, its "
        "connection log",
        missing=(
            Step("Look in the load balancer's connection log (not the access log) for `tls_verify_status`; it names "
                 "the reason, `Failed:ClientCert...`."),
            Step("Verify mode is set on the listener, not on a path: clients without a certificate need another "
                 "listener."),
            Step("In passthrough mode the load balancer checks nothing and hands the chain to the target in "
                 "`X-Amzn-Mtls-Clientcert`: then the target refused, look there."),
        ),
        rejected=(
            Step("Look in the connection log for `tls_verify_status`: `Failed:ClientCertExpired`, "
                 "`Failed:ClientCertUntrusted`, `Failed:ClientCertTypeUnsupported`, "
                 "`Failed:ClientCertMaxChainDepthExceeded` ..."),
            Step("Put the CA that issued the client certificate, with its intermediates, into the trust store bundle."),
        ),
        answers={
            403: Step("A 403 of its own means that AWS WAF blocked the request, or that a rule of the listener answers "
                      "so (fixed response)."),
            502: Step("A 502 of its own means that the target closed or reset the connection, or answered with "
                      "something that is not HTTP."),
            503: Step("A 503 of its own means that the target group has no registered targets."),
            504: Step("A 504 of its own means that the target did not accept the connection or did not answer before "
                      "the idle timeout."),
        },
    ),
    # docs.aws.amazon.com: API Gateway, "Troubleshooting mutual TLS"; repost.aws, api-gateway-mutual-tls-403-errors
    Vendor(
        name="AWS API Gateway",
        kind="API gateway",
        headers=("x-amz-apigw-id", "apigw-requestid"),
        log="its execution log (REST APIs only) under the request id of the answer",
        missing=(
            Step("Mutual TLS belongs to the custom domain name. Disable the default execute-api endpoint, so that "
                 "nobody passes by without a certificate."),
        ),
        rejected=(
            Step("For a REST API read the execution log: `Access denied. Reason: Could not find issuer for "
                 "certificate` "
                 "and similar. No log entry at all means that mutual TLS was not what refused the request."),
            Step("After a change of the trust store in S3, point the domain name at the new object version, and read "
                 "its `truststoreWarnings`."),
        ),
        answers={
            403: Step("`Missing Authentication Token` means a path, stage or method that does not exist; "
                      "`{\"message\":\"Forbidden\"}` means an API key, a usage plan, a policy, a firewall or mutual "
                      "TLS refused."),
            429: Step("The throttle or quota of the stage or usage plan was exceeded.", verified=False),
        },
    ),
    # docs.aws.amazon.com: CloudFront, "Troubleshooting error responses from your origin", "Connection logs"
    Vendor(
        name="Amazon CloudFront",
        kind="CDN",
        products=("cloudfront",),
        vias=("(cloudfront)",),
        caches=(" from cloudfront",),
        headers=("x-amz-cf-",),
        log="its standard log, under the `x-amz-cf-id` of the answer (`x-edge-detailed-result-type`)",
        missing=(
            Step("With viewer mTLS read the connection log: `Failed:ClientCertMissing`, `Failed:ClientCertUntrusted` "
                 "... If nothing is there, the origin refused CloudFront's own connection."),
        ),
        rejected=(
            Step("With viewer mTLS read the connection log: `Failed:ClientCertUntrusted`, `Failed:ClientCertExpired`, "
                 "`Failed:ClientCertIntentInvalid` ..., and put the issuer into the trust store."),
        ),
        answers={
            403: Step("CloudFront refuses by itself for AWS WAF, a country, a missing signed URL or cookie, or a host "
                      "name that no distribution has; an S3 origin says 403 also of an object that is not there."),
            502: Step("CloudFront could not agree on TLS with the origin, or could not resolve its name."),
            503: Step("CloudFront or the origin had no capacity, or an edge function failed."),
            504: Step("The origin did not answer before the origin response timeout, or a firewall drops CloudFront's "
                      "packets."),
        },
    ),
    # learn.microsoft.com: Application Gateway, "mutual-authentication-troubleshooting", "http-response-codes"
    Vendor(
        name="Azure Application Gateway",
        kind="load balancer",
        products=("microsoft-azure-application-gateway",),
        built_on="nginx",
        log="its access log, field `sslClientVerify` (NONE, SUCCESS or FAILED:reason) for client certificates",
        missing=(
            Step("Read `sslClientVerify` in the gateway's access log: NONE means that no client certificate arrived."),
            Step("The SSL profile of the listener decides: mutual authentication is on there. Every failure of it is "
                 "answered with 400."),
        ),
        rejected=(
            Step("Read `sslClientVerify` in the gateway's access log: it gives FAILED:reason."),
            Step("Upload the whole CA chain of the client certificates, root and intermediates, one root per file, to "
                 "the SSL profile; check the option that verifies the issuer's DN."),
        ),
        answers={
            502: Step("The gateway found no healthy backend, or the backend did not answer in time: look at Backend "
                      "health."),
        },
    ),
    # learn.microsoft.com: App Service, "app-service-web-configure-tls-mutual-auth"
    Vendor(
        name="Azure App Service",
        kind="platform",
        headers=("x-ms-middleware-request-id",),
        cookies=("arraffinity",),
        log="the app's own log: App Service hands the certificate on in `X-ARR-ClientCert` without checking it",
        missing=(
            Step("Configuration > Client certificate mode decides: Required answers 403 to a request without one."),
            Step("Where paths are excluded, or the mode is Optional Interactive User, App Service asks by TLS "
                 "renegotiation, which cannot work with HTTP/2 or TLS 1.3: limit the app to TLS 1.2 and HTTP/1.1 "
                 "there."),
        ),
        rejected=(
            Step("App Service does not check whom the certificate is from: the app's own code refused it. Look in the "
                 "app's log."),
        ),
    ),
    # cloud.google.com: Load Balancing, "https-logging-monitoring", "mutual TLS"
    Vendor(
        name="Google Cloud Load Balancing",
        kind="load balancer",
        vias=("1.1 google",),
        log="Cloud Logging, field `statusDetails` of the load balancer's log",
        missing=(
            Step("Look for `statusDetails: client_cert_not_provided` in Cloud Logging. With REJECT_INVALID the load "
                 "balancer closes the connection and sends no HTTP answer."),
            Step("With ALLOW_INVALID_OR_MISSING_CLIENT_CERT it passes the request on: then the backend refused."),
        ),
        rejected=(
            Step("Look in `statusDetails` for `client_cert_validation_failed`, `client_cert_chain_invalid_eku`, "
                 "`client_cert_invalid_rsa_key_size` and others that begin with `client_cert_`."),
            Step("Add the issuing CA and its intermediates to the TrustConfig of the ServerTlsPolicy."),
        ),
        answers={
            502: Step("`statusDetails` names the leg that failed, for example `failed_to_connect_to_backend` or "
                      "`backend_connection_closed_before_data_sent_to_client`."),
        },
    ),
    # http.dev/x-iinfo; the page and the cookies are as its answers show them
    Vendor(
        name="Imperva (Incapsula)",
        kind="CDN",
        headers=("x-iinfo",),
        cookies=("visid_incap_", "incap_ses_"),
        pages=("incapsula incident id",),
        log="its security events, under the incident ID of the page",
        missing=(
            Step("It ends TLS: see whether it is told to ask for client certificates for this host, and what it shows "
                 "to the server behind it.", verified=False),
        ),
        rejected=(
            Step("See whether the CA that issued the certificate is among those it is told to trust for this host.",
                 verified=False),
        ),
        answers={
            403: Step("Where the page names an incident ID, Imperva refused the request by itself: a rule, a filter of "
                      "robots, or a block of the address or its country. Give that ID to those who run the site: they "
                      "find the reason by it."),
        },
    ),
    # developers.cloudflare.com: "api-shield/security/mtls/configure", "authenticated-origin-pull/set-up",
    # "support/troubleshooting/http-status-codes/cloudflare-5xx-errors"
    Vendor(
        name="Cloudflare",
        kind="CDN",
        products=("cloudflare", "cloudflare-nginx"),
        headers=("cf-ray", "cf-mitigated"),
        log="what its rules refused in Security > Events, under the Ray ID of the `cf-ray` header",
        missing=(
            Step("If the page is Cloudflare's own: a rule on `cf.tls_client_auth.cert_verified` blocks requests "
                 "without "
                 "a certificate. The host must be listed under SSL/TLS > Client Certificates, or none is asked for."),
            Step("If the page is nginx's (`No required SSL certificate was sent`): the origin refused Cloudflare, not "
                 "you. Authenticated Origin Pulls is off for this zone, or the origin trusts another CA than the one "
                 "Cloudflare's certificate comes from."),
        ),
        lost=(
            Step("If the page is nginx's (`No required SSL certificate was sent`): the origin refused Cloudflare, not "
                 "the caller. Turn Authenticated Origin Pulls on for this zone, with a certificate from a CA that the "
                 "origin trusts, or let the origin do without one."),
            Step("If callers are to show a certificate too, list the host under SSL/TLS > Client Certificates: that "
                 "is for Cloudflare to check, and does not reach the origin."),
        ),
        rejected=(
            Step("In Security > Events `cf.tls_client_auth.cert_presented` and `cf.tls_client_auth.cert_revoked` tell "
                 "apart what was wrong with the certificate."),
            Step("If the page is nginx's (`The SSL certificate error`): the origin refused Cloudflare's certificate "
                 "for Authenticated Origin Pulls; renew it, or let the origin trust its CA."),
        ),
        answers={
            403: Step("A firewall rule, bot protection or country block answers 403 too: `cf-mitigated: challenge` "
                      "means a challenge that curl cannot solve, `error code: 1020` that a rule of the zone refused "
                      "the request; one on `cf.tls_client_auth.cert_verified` refuses who shows no client "
                      "certificate."),
            429: Step("A rate limiting rule of the zone may have answered; the origin may also have."),
            502: Step("A page in Cloudflare's own style means that Cloudflare got no usable answer from the origin; "
                      "any other page was passed on from there."),
            504: Step("A page in Cloudflare's own style means that the origin did not answer Cloudflare in time; any "
                      "other page was passed on from there."),
            521: Step("Let the origin's firewall admit Cloudflare's addresses, and see that the web server listens."),
            522: Step("Let the origin's firewall admit Cloudflare's addresses, and see that the address is right."),
            525: Step("The origin must speak TLS on the port that Cloudflare asks, with a certificate for this host "
                      "and with ciphers that Cloudflare shares."),
            526: Step("With SSL/TLS mode Full (strict) the origin needs a certificate that is valid, unexpired, for "
                      "this host, and from a public CA or Cloudflare's Origin CA."),
        },
    ),
    # my.f5.com / community.f5.com, "Client SSL Authentication ... in-depth"
    Vendor(
        name="F5 BIG-IP",
        kind="load balancer",
        products=("bigip", "big-ip"),
        cookies=("bigipserver",),
        log="/var/log/ltm",
        missing=(
            Step("The Client SSL profile decides: Client Certificate = require refuses in the handshake; request lets "
                 "an iRule or APM decide, which then wrote this answer."),
            Step("Read `/var/log/ltm` for `peer did not return a certificate`.", verified=False),
        ),
        rejected=(
            Step("Set both CA lists of the Client SSL profile: Trusted Certificate Authorities decide what is "
                 "believed, Advertised Certificate Authorities what the client is told to pick from."),
        ),
    ),
    # techdocs.akamai.com: "enforce-mtls-settings"
    Vendor(
        name="Akamai",
        kind="CDN",
        products=("akamaighost", "akamainetstorage"),
        headers=("x-akamai-", "akamai-"),
        log="the property's logs, under the `Reference #` of the page",
        missing=(
            Step("In the property, Enforce mTLS settings with `enableDenyRequest` answers 403; the criterion "
                 "clientCertificate (MISSING, PRESENT_VALID, PRESENT_INVALID) lets you choose another answer."),
        ),
        rejected=(
            Step("Add the issuing CA to the CA set of the mTLS edge truststore and deploy the certificate enrollment "
                 "again."),
        ),
        answers={403: Step("A page headed Access Denied with a `Reference #` comes from Akamai itself: its owner can "
                           "look the reference up.")},
    ),
    # fastly.com/documentation: VCL variables `tls.client.certificate.*`
    Vendor(
        name="Fastly",
        kind="CDN",
        products=("fastly",),
        headers=("x-fastly-", "fastly-"),
        log="the service's log endpoint",
        missing=(
            Step("The service's VCL decides with `tls.client.certificate.is_cert_missing` and wrote this answer."),
        ),
        rejected=(
            Step("The VCL variables `tls.client.certificate.is_cert_bad`, `is_cert_expired`, `is_cert_revoked` and "
                 "`is_cert_unknown_ca` tell the reason: log them."),
        ),
        answers={503: Step("Fastly answers 503 when its connection to the origin fails: the words after the status "
                           "(`backend read error`, `first byte timeout`) say how.")},
    ),
    # docs.konghq.com: plugin "mtls-auth"
    Vendor(
        name="Kong",
        kind="API gateway",
        products=("kong",),
        vias=("kong/",),
        headers=("x-kong-",),
        log="Kong's error log",
        missing=(Step("The mtls-auth plugin answers 401 `No required TLS certificate was sent`."),),
        rejected=(Step("The mtls-auth plugin answers 401 `TLS certificate failed verification`. Add the issuing CA to "
                       "its `ca_certificates`."),),
        answers={404: Step("`no Route matched with those values` comes from Kong itself: no route has this host and "
                           "path.")},
    ),
)  # fmt: skip
