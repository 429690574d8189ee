"""What curl says while it speaks other protocols than HTTP: a topic, or the complaint that one of them failed.

`lib/ftp.c`, `lib/vssh/`, `lib/ws.c`, `lib/telnet.c`, `lib/tftp.c`, `lib/smtp.c`, `imap.c`, `pop3.c`, `ldap.c`, `openldap.c`,
`rtsp.c`, `mqtt.c`, `smb.c`, `krb5.c`, `curl_sasl.c`, `socks_gssapi.c`, `vauth/`.
"""

from __future__ import annotations

from curlx.events import Chatter
from curlx.grammar.complaining import complaint
from curlx.grammar.message import Message, first_word


def _chatter(topic: str, expression: str, *samples: str) -> Message:
    starts = tuple({first_word(sample): None for sample in samples})
    return Message(samples[0], expression, Chatter(topic), starts=starts)


def _other(expression: str, *samples: str) -> Message:
    """A failure of another protocol: curlx explains only that curl says so."""
    return complaint(samples[0], expression, "other", *{first_word(sample): None for sample in samples})


_STATES = "FTP IMAP POP3 SMTP SSH SFTP LDAP SASL wolfssh".split()

_SSH = (
    _other(r"(?:SSH|libssh2|wolfSSH\w*|wolfssh)(?::| method| SFTP| failed| callback).*(?:fail|error|not supported|returned|mismatch|"
           r"realpath \d).*|Denied establishing ssh session: .*|Failure (?:establishing|initiali[sz]ing) (?:ssh|sftp) session.*|"
           r"Authentication failure|Found host key type RSA1 which is not supported|(?:SHA256|sha256) fingerprint could not be "
           r"encoded|Unknown host key type: .*|Disconnect timed out", "libssh2 method 'a' failed: b", "wolfSSH failed to set socket",
           "wolfSSH_SFTP_SendReadPacket returned 7", "wolfSSH_SFTP_SendWritePacket returned 7", "wolfssh SFTP open failed: 7",
           "SSH: callback failed host public key verification", "libssh2: failed", "Denied establishing ssh session: a", "Failure "
           "establishing ssh session: -43, a", "Authentication failure", "Found host key type RSA1 which is not supported",
           "SHA256 fingerprint could not be encoded", "sha256 fingerprint could not be encoded", "Unknown host key type: 7",
           "Disconnect timed out"),
    _other(r"Attempt to (?:get|set) SFTP stats.*|Creating the dir/file failed: .*|(?:mkdir|rename|rm|rmdir|statvfs|symlink|chmod|chown|"
           r"chgrp) (?:\"[^\"]*\"(?: to \"[^\"]*\")?|command) failed: .*|Syntax error(?: in)?:? .*|Suspicious data after the command "
           r"line|Unknown SFTP command|SCP requires a known file size for upload|Bad (?:file size|range).*|Offset \(.*\) was beyond "
           r"file size .*|incorrect date format for .*|date overflow|Upload failed: .*|Resume point beyond size|Could not (?:set "
           r"(?:compression|known hosts|remote|socket|user)|load (?:private|public) key|seek stream).*|No wolfSSH .*|Failed to read "
           r"data|Operation timed out", "Attempt to get SFTP stats failed: a", "Creating the dir/file failed: a", "mkdir command "
           "failed: a", "rename command failed: a", "rm command failed: a", "rmdir command failed: a", "statvfs command failed: a",
           "symlink command failed: a", "Syntax error in rename: Bad second parameter", "Suspicious data after the command line",
           "Unknown SFTP command", "SCP requires a known file size for upload", "Bad file size (7)", "Offset (7) was", "incorrect "
           "date format for a", "date overflow", "Upload failed: a (7/7)", "Resume point beyond size", "Could not set socket",
           "No wolfSSH session", "Failed to read data", "Operation timed out"),
    _chatter("ssh", r"(?:SSH|SFTP|SCP|libssh2|wolfssh|wolfSSH)(?::| ).*|ss?sh_\w+ .*|wssh_statemach_act .*", "SSH: user 'a'",
             "SFTP: creating directory 'a'", "SCP DONE phase complete", "SSH MD5 fingerprint: a", "SFTP 0x1 state change",
             "libssh2 cryptography backend: a", "wolfssh connected", "wolfSSH cannot do range/seek on SFTP", "ssh_connect -> EAGAIN",
             "ssh_getsock -> 1", "wssh_statemach_act says DONE"),
    _chatter("ssh", r"Agent based authentication successful|Authentication (?:complete|using SSH).*|Authenticated with none|"
             r"[Cc]ompleted \S+(?: \S+){0,2} authentication|Initialized \S+(?: \S+){0,2} authentication|(?:MD5|SHA256) checksum match!?|"
             r"Creating directory '.*'|(?:Did not find|Found) host \S+ in .*|Invalid host pattern .*|No identity would match|"
             r"Known hosts: .*|(?:Password|User): .*|Set \".*\" as SSH hostkey type|Uses HTTPS proxy!?|Using (?:SSH|ssh) \S+ key .*|"
             r"unsupported key type, .*|Warning,? (?:adding the known host|writing) .*|WARNING: (?:adding the known|failed allocating|"
             r"writing) .*|Sending quote commands|Could not (?:create agent|parse SSH).*|error = \d+ makes libcurl = \d+",
             "Agent based authentication successful", "Authentication complete", "Authenticated with none", "Completed password "
             "authentication", "completed keyboard interactive authentication", "Initialized password authentication", "MD5 checksum "
             "match!", "SHA256 checksum match!", "Creating directory 'a'", "Did not find host a in b", "Found host a in b", "Invalid "
             "host pattern a in b", "No identity would match", "Known hosts: a", "Password: a", "User: a", 'Set "a" as SSH hostkey type',
             "Uses HTTPS proxy!", "Using SSH public key file 'a'", "unsupported key type, cannot check knownhosts", "Warning adding "
             "the known host a failed!", "Warning, writing a failed!", "WARNING: writing a failed", "Sending quote commands", "Could "
             "not create agent object", "error = 7 makes libcurl = 7"),
    _chatter("ssh", r"(?:Channel failed to close|Failed to (?:close|disconnect|enable|free|get channel|read known|send libssh2|stop)|"
             r"Failure (?:connecting to|requesting identities to) agent|Failed public key authentication).*", "Channel failed to "
             "close: 7", "Failed to close libssh2 file", "Failure connecting to agent"),
    _chatter("ssh", r"(?:sent \d+ bytes SFTP|File already completely downloaded).*", "sent 7 bytes SFTP from offset 7", "File already "
             "completely downloaded"),
)  # fmt: skip

_FTP = (
    _other(r"ACCT (?:rejected|requested) .*|Accept timeout occurred .*|Access denied[:.] .*|Bad PASV/EPSV response: .*|(?:Can't|cannot) "
           r"resolve (?:new|proxy) host .*|Control byte in FTP .*|(?:Could not|Couldn't) (?:interpret the 227|set desired mode|use REST).*|"
           r"Error (?:accept\(\)ing server|while waiting for server) connect.*|Exceeded storage allocation|FTP (?:over|response "
           r"aborted) .*|FTPS not supported!|Failed (?:EPSV attempt, exiting|FTP upload|to MKD|to clear the command|to do PORT).*|"
           r"Failure sending \S+ command: .*|(?:Given|The) file does not exist|Got a \d+ ftp-server response .*|Illegal port number in "
           r"EPSV reply|No data was received!?|PRET command not accepted: .*|QUOT (?:command failed|string not).*|RETR response: .*|"
           r"Received only partial file: .*|Server denied you to change .*|Uploaded unaligned file size .*|Uploading to a URL without .*|"
           r"Weirdly formatted EPSV reply|bind\(.*\) failed.*|control connection looks dead|failed to resolve the address provided to "
           r"PORT.*|path contains control characters|secure login failed|server did not report OK, .*|socket failure: .*|unable to get "
           r"peername .*|unsupported parameter to CURLOPT_FTPSSLAUTH.*|getsockname\(\) failed.*|no memory",
           "ACCT rejected by server: 7", "Accept timeout occurred while waiting server connect", "Access denied: 530", "Bad PASV/EPSV "
           "response: 7", "Can't resolve new host a:7", "cannot resolve new host a:7", "Control byte in FTP account", "Could not set "
           "desired mode", "Couldn't use REST", "Error while waiting for server connect", "Exceeded storage allocation", "FTP over "
           "http proxy requires HTTP support built-in!", "FTPS not supported!", "Failed FTP upload: 7", "Failure sending QUIT command: "
           "a", "Given file does not exist", "The file does not exist", "Got a 7 ftp-server response when 220 was expected", "Illegal "
           "port number in EPSV reply", "No data was received!", "PRET command not accepted: 7", "QUOT command failed with 7", "RETR "
           "response: 550", "Received only partial file: 7 bytes", "Server denied you to change to the given directory", "Uploaded "
           "unaligned file size (7 out of 7 bytes)", "Uploading to a URL without a filename", "Weirdly formatted EPSV reply", "bind() "
           "failed, we ran out of ports", "bind(port=7) failed: a", "control connection looks dead", "failed to resolve the address "
           "provided to PORT: a", "path contains control characters", "secure login failed", "server did not report OK, got 7", "socket "
           "failure: a", "unable to get peername of DATA connection", "unsupported parameter to CURLOPT_FTPSSLAUTH: 7",
           "getsockname() failed: a", "no memory"),
    _chatter("ftp", r"(?:FTP (?:0x|RANGE|code)|ftp[ _]|\[FTP\]|RANGE |Checking for server connect|Connect data stream|Connecting to \S+ (?:\("
             r"[^)]*\) )?port|Connection accepted from server|Connection to proxy confirmed|Ctrl conn has|DO phase|DO-MORE |Data conn was|"
             r"Doing the SSL/TLS handshake on the data|Entry path is|Failed EPSV attempt\. Dis|Failed to figure out path|Getting file with "
             r"size|Got 226 before|Got a \d+ response code instead|Instructs server to resume|Logging in with password in cleartext|MDTM "
             r"failed|Maxdownload =|Preparing for accepting|Ready to accept data|Remembering we are in|Request has same path|Skips? \d+\.\d+|"
             r"Skipping time comparison|There is negative response|We got a 421|Wildcard - |disabling EP|got positive EPSV|partial download "
             r"completed|protocol connect phase|range-download from|unsupported MDTM|Authentication successful|bind\(port=\d+\) on "
             r"non-local).*", "FTP code: 7", "ftp_perform ends with SECONDARY: 7", "ftp_state_retr()", "ftp_domore_getsock()", "ftp server "
             "does not support SIZE", "ftp_state_use_port(), opened socket", "RANGE 7 to end of file", "Checking for server connect",
             "Connect data stream passively", "Connecting to 192.0.2.1 (192.0.2.1) port 7", "Connection accepted from server", "Ctrl conn "
             "has data", "DO phase is complete1", "DO-MORE phase ends with 7", "Data conn was not available immediately", "Doing the SSL/TLS "
             "handshake on the data stream", "Entry path is '/'", "Failed EPSV attempt. Disabling EPSV", "Getting file with size: 7", "Got "
             "226 before data activity", "Instructs server to resume from offset 7", "Logging in with password in cleartext!", "MDTM failed",
             "Maxdownload = 7", "Preparing for accepting server on data port", "Ready to accept data connection", "Remembering we are in",
             "Request has same path as previous transfer", "Skip 7.7.7.7", "Skips 7.7.7.7", "Skipping time comparison", "There is negative "
             "response in cache", "We got a 421 - timeout!", "Wildcard - Parsing started", "disabling EPRT usage", "got positive EPSV "
             "response", "partial download completed", "protocol connect phase DONE", "range-download from", "unsupported MDTM reply",
             "Authentication successful", "bind(port=7) on non-local address failed"),
)  # fmt: skip

_MAIL = (
    _other(r"(?:Authentication (?:cancelled|failed: \d+)|(?:Command|DATA|MAIL|RCPT|Select) failed.*|Got unexpected \S+-server response.*|"
           r"(?:SMTP|IMAP|POP3)S? (?:over|not) .*|(?:STARTTLS|STLS) (?:denied|not).*|Remote access denied: \d+|Refusing to send email .*|"
           r"Unexpectedly short EHLO response|Bad tagged response|Cannot (?:APPEND|FETCH|SEARCH|SELECT) with.*|Failed to parse FETCH "
           r"response\.|Mailbox UIDVALIDITY has changed|Unexpected continuation response|Unsupported SASL authentication mechanism|DO phase "
           r"failed|Login denied)", "Authentication cancelled", "Command failed: 7", "DATA failed: 7", "MAIL failed: 7", "RCPT failed: 550",
           "Select failed", "Got unexpected smtp-server response: 7", "SMTPS not supported!", "SMTP over http proxy", "IMAP over http",
           "IMAPS not supported!", "POP3 over http", "POP3S not supported!", "STARTTLS denied, code 7", "STLS not supported.", "Remote "
           "access denied: 7", "Refusing to send email address with a CR or LF", "Unexpectedly short EHLO response", "Bad tagged response",
           "Cannot SELECT without a mailbox.", "Failed to parse FETCH response.", "Mailbox UIDVALIDITY has changed", "Unexpected "
           "continuation response", "Unsupported SASL authentication mechanism", "DO phase failed", "Login denied"),
    _chatter("mail", rf"(?:{'|'.join(_STATES)}|SMB conn|SMB request) (?:0x\w+|conn|request) .*|(?:smtp|imap|pop3)_\w+[,(:]? .*|Filesize left: "
             r"\d+|Found .* bytes to download|IMAP URL parameter .*|PREAUTH connection, already authenticated!?|Written \d+ bytes, .*|No known "
             r"authentication mechanisms supported!?|Server supports SIZE extension\.|pp_statematch, .*|Excessive server response line .*",
             *(f"{word} 0x1 state change" for word in _STATES), "SMB conn 0x1 state change from a to b", "smtp_perform_upgrade_tls, connect",
             "imap_perform_upgrade_tls, connect", "pop3_perform_upgrade_tls, connect", "Filesize left: 7", "Found 7 bytes to download",
             "PREAUTH connection, already authenticated", "Written 7 bytes, 7 bytes are left for transfer", "No known authentication "
             "mechanisms supported!", "Server supports SIZE extension.", "pp_statematch, timeout=7", "Excessive server response line"),
)  # fmt: skip

_WEBSOCKET = (
    _other(r"WS: (?:flush, write error|frame length|masked input|not a websocket|provided flags).*|ws_send, raw mode: .*|(?:Not a websocket "
           r"transfer|CONNECT_ONLY is required!?|No associated connection|connection is not setup for websocket|connection not found|cannot "
           r"curl_ws_start_frame\(\) .*)|(?:Error while waiting|Timeout waiting) for socket becoming writable", "WS: masked input frame",
           "ws_send, raw mode: fragsize and flags cannot be non-zero", "Not a websocket transfer", "CONNECT_ONLY is required!", "No associated "
           "connection", "connection not found", "cannot curl_ws_start_frame() with CURLWS_RAW_MODE enabled", "Error while waiting for socket "
           "becoming writable", "Timeout waiting for socket becoming writable"),
    _chatter("websocket", r"WS(?::|,|-DEC:|-ENC:) .*|\d{1,18} bytes websocket payload|Received 101, [Ss]witch(?:ing)? to WebSocket.*|curl_ws_\w+"
             r"[(,].*|ws_send: .*|connection expectedly closed\?", "WS: received OPCODE TEXT", "WS, using chunk size 7", "WS-DEC: a [b]", "WS-ENC: "
             "a [b]", "7 bytes websocket payload", "Received 101, switch to WebSocket; mask 1f1f1f1f", "curl_ws_recv(len=7) -> 7", "curl_ws_recv,",
             "curl_ws_send(len=7),", "ws_send: fragsize", "connection expectedly closed?", *map(str, range(10))),
)  # fmt: skip

_DIRECTORIES = (
    _other(r"LDAP (?:local: .*(?:ERROR|[Cc]annot|not supported|bind|parse|ldap_|ldapssl|cannot be enabled).*|remote: .*)|LDAP: .*|Bad LDAP "
           r"URL: .*", "LDAP local: Cannot connect to a:7", "LDAP: cannot setup connect to a:7", "Bad LDAP URL: a"),
    _chatter("ldap", r"LDAP local: .*|There are more than \d+ entries", "LDAP local: trying to establish a connection", "There are more than 7 "
             "entries"),
    _other(r"(?:Invalid input packet|SMB upload needs .*|missing share in URL path for SMB|too (?:large|small) NetBIOS frame size \d+)", "Invalid "
           "input packet", "SMB upload needs to know the size up front", "missing share in URL path for SMB", "too large NetBIOS frame size 7"),
    _other(r"(?:Bad gopher selector, .*|Directory listing not yet implemented .*|SMB shares are not supported in file: URLs\.|File drive letters "
           r"are only accepted .*)", "Bad gopher selector, CR or LF not allowed", "Directory listing not yet implemented on this platform.",
           "SMB shares are not supported in file: URLs.", "File drive letters are only accepted in MSDOS/Windows."),
)  # fmt: skip

_MEDIA = (
    _other(r"(?:CSeq|Session ID) cannot be set as a custom header\.|Cannot (?:pause RTP|write a 0 size RTP packet\.)|Got (?:RTSP Session ID Line|a "
           r"blank Session ID|an error writing an RTP|invalid RTSP request).*|Failed writing RTP data|Refusing to issue an RTSP .*|Server "
           r"prematurely closed the RTSP connection\.|The CSeq of this request .*|Unable to read the CSeq header: .*", "CSeq cannot be set as a "
           "custom header.", "Session ID cannot be set as a custom header.", "Cannot pause RTP", "Got a blank Session ID", "Failed writing RTP "
           "data", "Refusing to issue an RTSP SETUP without a Transport: header.", "Server prematurely closed the RTSP connection.", "The CSeq "
           "of this request 7 did not match the response 7", "Unable to read the CSeq header: [a]"),
    _chatter("rtsp", r"RT(?:S?P):? .*|rtsp_\w+\(.*|Got an RTP Receive .*|Unable to read the interleaved parameter .*", "RTP write channel 7", "RTSP: "
             "invalid RTP channel 7, skipping", "rtsp_rtp_write_resp(len=7,", "Got an RTP Receive with a CSeq of 7", "Unable to read the "
             "interleaved parameter from Transport header: [a]"),
    _other(r"(?:Broker sent malformed .*|(?:CONNACK|SUBACK) expected Remaining Length .*|Client ID length mismatched: .*|Connection disconnected|Error "
           r"\d+ sending MQTT .*|Expected [0-9a-f]{4} but got [0-9a-f]{4}|No MQTT topic found\. .*|(?:Password|Username) (?:is )?too l\w+: .*|State not "
           r"handled yet|Too long MQTT topic)", "Broker sent malformed a", "CONNACK expected Remaining Length 2, got 7", "SUBACK expected Remaining "
           "Length 3, got 7", "Client ID length mismatched: [7]", "Connection disconnected", "Error 7 sending MQTT CONNECT request", "Expected 1f1f "
           "but got 1f1f", "No MQTT topic found. Forgot to URL encode it?", "Password too long: [7]", "Username too long: [7]", "State not handled "
           "yet", "Too long MQTT topic"),
    _chatter("mqtt", r"EEEE AAAAGAIN|Got DISCONNECT|Received ping response\.|Remaining length: \d+ bytes|Using client id '.*'|mqtt_\w+[: ].*|server "
             r"disconnected", "EEEE AAAAGAIN", "Got DISCONNECT", "Received ping response.", "Remaining length: 7 bytes", "Using client id 'a'",
             "mqtt_doing: state [7]", "mqtt_ping: sent ping request.", "mqtt_publish without payload", "server disconnected"),
    _other(r"(?:TFTP (?:buffer|file|filename|error|response).*|tftp_\w+: .*|Data received from another address|Malformed ACK packet, rejecting|Missing "
           r"filename|Received too short packet|invalid (?:blocksize|tsize) .*|server requested blksize larger .*|bind\(\) failed; .*)", "TFTP "
           "response timeout", "tftp_tx: giving up waiting for block 7 ack", "tftp_send_first: internal error", "Data received from another "
           "address", "Malformed ACK packet, rejecting", "Missing filename", "Received too short packet", "invalid blocksize value in OACK packet",
           "server requested blksize larger than allocated (7)", "bind() failed; a"),
    _chatter("tftp", r"TFTP_STATE_\w+|Received (?:ACK for block|last DATA packet|unexpected DATA).*|Timeout waiting for block .*|(?:blksize|tsize) parsed "
             r"from OACK .*|got option=\(.*|set timeouts for state .*|timeout: \d+ > \d+", "TFTP_STATE_RX", "TFTP_STATE_TX", "TFTP_STATE_START",
             "Received ACK for block 7, expecting 7", "Timeout waiting for block 7 ACK. Retries = 7", "blksize parsed from OACK (7)", "tsize parsed "
             "from OACK (7)", "got option=(a) value=(b)", "set timeouts for state 7; Total 7", "timeout: 7 > 7"),
    _other(r"(?:Syntax error in telnet option: .*|Too?l? long telnet .*|Unknown telnet option .*|Sending data failed \(.*|WSA\w+ failed \(.*|failed to "
           r"(?:find|load) W\S+.*|telnet: .*|insufficient winsock .*)", "Unknown telnet option a", "Too long telnet TTYPE", "Tool long telnet TTYPE",
           "Sending data failed (7)", "WSAStartup failed (7)", "WSACreateEvent failed (7)", "WSACloseEvent failed (7)", "WSAEnumNetworkEvents failed "
           "(7)", "failed to load WS2_32.DLL (7)", "telnet: suboption error", "insufficient winsock version to support telnet"),
    _chatter("telnet", r"telnet_do[(,].*|\(Empty suboption\?\)|Width: \d+ ; Height: \d+|set a non ASCII user ?name in telnet|FreeLibrary\(wsock2\) failed "
             r".*|(?:RCVD|SENT) .*", "telnet_do(handle=0x1),", "telnet_do,", "(Empty suboption?)", "Width: 80 ; Height: 24", "set a non ASCII username "
             "in telnet", "FreeLibrary(wsock2) failed (7)", "RCVD IAC SB ", "SENT DO 7"),
)  # fmt: skip

_SECURITY = (
    _other(r"(?:GSS-?API|SSPI) error: .*|Failed to (?:create service name|initiali?[sz]?e? |receive |send |unwrap |wrap |acquire credentials|determine "
           r"user|query security)(?:GSS|SSPI|security|.?name|context)?.*|Could not allocate memory for GSS.*|Invalid (?:zero-length )?(?:GSS-?API|SSPI) "
           r".*|(?:CompleteAuthToken|InitializeSecurityContext) failed: .*|SSPI: .*|GSASL step: .*|gsasl init: .*|setting (?:AUTHID|PASSWORD) failed: "
           r".*|incoming NTLM message too big|user \+ domain \+ .*|too large ntlm_wb response!|Could not (?:access ntlm_auth|execl|fork|open socket "
           r"pair|redirect child).*", "GSS-API error: a failed: b", "GSSAPI error: a", "SSPI error: a", "Failed to create service name.", "Could not "
           "allocate memory for GSS-API authentication response token.", "Invalid GSS-API encryption response length (7).", "CompleteAuthToken failed: a",
           "InitializeSecurityContext failed: a", "SSPI: could not get auth info", "GSASL step: a", "gsasl init: a", "setting AUTHID failed: a",
           "incoming NTLM message too big", "user + domain + hostname too big", "too large ntlm_wb response!"),
    _other(r"(?:Bad (?:checksum|reply) .*|Error (?:importing service name|reading reply).*|Failed (?:to decode base64|realloc|to set the protection).*|Remote "
           r"host didn't send .*|Server didn't accept auth data|base64-(?:de|en)coding: .*)", "Bad reply from server", "Error importing service name a",
           "Failed to decode base64 in reply", "Remote host didn't send adat reply", "Server didn't accept auth data", "base64-decoding: a"),
    _chatter("krb5", r"(?:Mechanism \S+ (?:is not|was rejected)|Send: |Skipping mechanism|Trying (?:against|mechanism|to change the protection)|server does "
             r"not support the security|Can't get address for realm|Using NAT IP address|krb4_decode: |Error creating security context|Server did not accept "
             r"auth|Failed initialization for ).*", "Mechanism a is not supported by the server", "Send: a", "Skipping mechanism with empty name", "Trying "
             "against a", "server does not support the security extensions", "Can't get address for realm a", "Using NAT IP address (a)", "krb4_decode: a",
             "Error creating security context", "Server did not accept auth data", "Failed initialization for a. Skipping it."),
)  # fmt: skip

_INTERNAL = (
    _other(r"(?:In state \d+ with no |attempt to borrow |could not allocate |error (?:determining|enabling|setting up|creating|binding)|expire timeouts |"
           r"multi_getsock: |transfer (?:has no|buffer|upload|not setup|requires|would use)|Internal NULL stream|Unexpected EOF|HTTP/[23] send again|"
           r"HTTP/2 proxy, send|http/2 recv on|cached response data|Failed to (?:alloc|get last|get recent|add data|encode D|convert)|Unable to allocate|"
           r"easy handled? already|unknown (?:sub request|cert type|proxytype)|DoH: unknown|getaddrinfo\(\) thread|Previous alarm|recv: no filter|send: no "
           r"filter|https-connect filter|haproxy protocol|HTTP/3 proxy not|unsupported (?:transport|ALPN|DNS)|Error \d+ (?:resolving|creating)|Use of IPv6 in|"
           r"send\(\) returned|sendmsg\(\) |cannot (?:get bidi|create|open bidi|mix)|can't (?:get bidi|create)|can get bidi|fcntl set|set socket NONBLOCK|"
           r"setsockopt enable|curl_sa_addr|sa_addr|ssloc|ssrem|request (?:aborted|open failed)|CURL_DBG_SOCK).*|\[[\d-]{1,20}\],? (?:nghttp2|http/2|send) .*",
           "In state 7 with no conn, bail out!", "attempt to borrow xfer_buf when already borrowed", "could not allocate xfer_buf of 7 bytes", "error "
           "determining pollset: 7", "expire timeouts wrong: 7 points to itself", "multi_getsock: unexpected multi state 7", "transfer has no multi handle",
           "Internal NULL stream!", "Unexpected EOF", "HTTP/2 send again with decreased length (7 vs 7)", "HTTP/3 send again with", "http/2 recv on a transfer",
           "cached response data too big to handle", "Failed to alloc scratch buffer!", "Unable to allocate trailing headers buffer !", "easy handle already "
           "used in multi handle", "unknown sub request done", "DoH: unknown sub request done", "getaddrinfo() thread failed", "Previous alarm fired off!",
           "recv: no filter connected", "send: no filter connected", "https-connect filter create", "haproxy protocol not", "unsupported transport 7",
           "Error 7 resolving a:7", "Use of IPv6 in *_CONNECT_TO without", "send() returned 7", "sendmsg() returned 7", "cannot create quiche config", "can't "
           "create quiche config", "can get bidi streams", "fcntl set CLOEXEC: a", "set socket NONBLOCK: a", "setsockopt enable SO_NOSIGPIPE: a",
           "curl_sa_addr inet_ntop() failed", "sa_addr inet_ntop() failed", "ssloc inet_ntop() failed", "ssrem inet_ntop() failed", "request aborted",
           "CURL_DBG_SOCK_FAIL_IPV6: failed", ""),
    _other(r"(?:Couldn't (?:hyper_|create hyper|make the ).*|hyper(?:stream)?(?::|_| refused).*|Hyper: .*|error setting (?:uri|method|path|HTTP).*|Curl_(?:read|"
           r"write|pseudo_headers) failed|Expected 101, got \d+|ALPN protocol h2 not supported with Hyper)", "Couldn't create hyper IO", "hyperstream: could "
           "not get response", "hyper_request_headers", "hyper_clientconn_send", "hyper refused to add header 'a'", "Hyper: a", "error setting uri to hyper",
           "Curl_read failed", "Curl_write failed", "Curl_pseudo_headers failed", "Expected 101, got 7", "ALPN protocol h2 not supported with Hyper"),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (
    *_SSH,
    *_FTP,
    *_MAIL,
    *_WEBSOCKET,
    *_DIRECTORIES,
    *_MEDIA,
    *_SECURITY,
    *_INTERNAL,
)
