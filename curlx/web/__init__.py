"""The helpdesk page: paste a log in a browser, get what the command line says of it; `curlx serve`."""
