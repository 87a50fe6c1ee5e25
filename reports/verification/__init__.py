"""Where anybody checks a certificate: its page, the published keys, what counts no longer."""
