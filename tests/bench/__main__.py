"""`make bench`: every measure against its reference, in one run."""

from tests.bench import callbacks, importing, jobs, matching, notices, onec, order_step, search, taking_in

for bench in (order_step, search, importing, jobs, onec, taking_in, callbacks, notices, matching):
    for name, value, unit in bench.run():
        print(f"{name:56} {value:12.3f} {unit}", flush=True)  # noqa: T201
