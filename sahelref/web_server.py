"""The web server as a process: granian with one socket that all its workers take connections from.

granian gives each worker on Linux a socket of its own. While workers are replaced that turns people
away: what waits at the socket of one that stops is refused, and so is everybody once the old have
stopped and the new are not up yet. One socket stays open all the time, and who comes waits.

python -m sahelref.web_server HOST PORT WORKERS [METRICS_HOST METRICS_PORT]
"""

import multiprocessing
import socket
import sys
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

APPLICATION = "sahelref.wsgi:application"


class OneSocketServer(MPServer):
    """granian's server, which does this itself on systems other than Linux."""

    # How to make a socket, the socket made, and the same for Python to close: granian's own names.
    _ssp: Any
    _shd: Any
    _sso: Any

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()
        if self._shd is None:
            self._shd, self._ssp = self._ssp.build(), None
            self._sfd = self._shd.get_fd()
            self._sso = socket.socket(fileno=self._sfd)


def server(host: str, port: int, workers: int, *metrics: str) -> OneSocketServer:
    """Return the server; with `metrics` it tells them at that host and port.

    Half-open connections starve readers with a smaller backpressure or a longer header timeout.
    A stop waits for requests in hand, at most 8 seconds.
    """
    return OneSocketServer(
        APPLICATION,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        backpressure=4096,
        http1_settings=HTTP1Settings(header_read_timeout=5000),
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
        metrics_enabled=bool(metrics),
        metrics_address=metrics[0] if metrics else "127.0.0.1",
        metrics_port=int(metrics[1]) if metrics else 0,
    )


def main() -> None:
    host, port, workers, *metrics = sys.argv[1:]
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")  # workers inherit the socket
    server(host, int(port), int(workers), *metrics).serve()


if __name__ == "__main__":
    main()
