"""Runs in the environment of the peers: construct and solve one market with `matching` and `algmatch`, print JSON.

Usage: python packages.py LISTS.json. The lists: {"residents": {id: [...]}, "hospitals": {id: [...]}, "quota": {id: n}}.
"""

import json
import sys
import threading
import time
import warnings
from importlib.metadata import version
from pathlib import Path

from algmatch import HospitalResidentsProblem
from matching.games import HospitalResident


def with_matching(lists):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of each applicant without a list
        game = HospitalResident.create_from_dictionaries(lists["residents"], lists["hospitals"], lists["quota"])
        solved = game.solve(optimal="resident")
    return {str(r.name): str(h.name) for h, held in solved.items() for r in held}


def with_algmatch(lists):
    hospitals = {
        h + 1: {"capacity": lists["quota"][h], "preferences": [r + 1 for r in row]}
        for h, row in lists["hospitals"].items()
    }
    residents = {r + 1: [h + 1 for h in row] for r, row in lists["residents"].items()}
    problem = HospitalResidentsProblem(dictionary={"residents": residents, "hospitals": hospitals})
    found = problem.get_stable_matching()["resident_sided"]
    return {str(int(r[1:]) - 1): str(int(h[1:]) - 1) for r, h in found.items() if h}


def main(path):
    lists = {
        name: {int(key): value for key, value in part.items()}
        for name, part in json.loads(Path(path).read_text()).items()
    }
    answer = {}
    for name, solve in (("matching", with_matching), ("algmatch", with_algmatch)):
        start = time.perf_counter()
        match = solve(lists)
        answer[name] = {"version": version(name), "seconds": time.perf_counter() - start, "match": match}
    print(json.dumps(answer))


if __name__ == "__main__":
    # `matching` copies a web of objects by recursion, which ends beyond a few thousand applicants without more room.
    sys.setrecursionlimit(10**7)
    threading.stack_size(1 << 30)
    worker = threading.Thread(target=main, args=(sys.argv[1],))
    worker.start()
    worker.join()
