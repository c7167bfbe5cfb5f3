from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.middlewares.refusals import OutOfScope, RobotsForbidden
from newscrawl.visits.outcomes import outcome_of


def http_error(status):
    return HttpError(Response("http://a.example/", status=status))


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (http_error(404), "gone", "http_404"),
        (http_error(410), "gone", "http_410"),
        (http_error(403), "failed", "http_403"),
        (http_error(503), "failed", "http_503"),
        (CannotResolveHostError(), "failed", "host_not_found"),
        (DownloadConnectionRefusedError(), "failed", "connection_refused"),
        (DownloadTimeoutError(), "failed", "timeout"),
        (DownloadFailedError(), "failed", "connection_lost"),
        (ResponseDataLossError(), "failed", "cut_short"),
        (DownloadCancelledError(), "quarantined", "too_large"),
        (OutOfScope("http://b.example/"), "failed", "out_of_scope"),
        (RobotsForbidden("http://a.example/admin/"), "failed", "robots_forbidden"),
        (ValueError("?"), "failed", "ValueError"),
    ],
)
def test_outcome_of(error, state, reason):
    assert outcome_of(error) == (state, reason)
