"""The only writers of reports: `filing` for the reporter, `handling` for the inspectorate."""
