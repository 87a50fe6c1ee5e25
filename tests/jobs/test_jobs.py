"""Long work: done part by part, taken up again where it stood, one at a time for each subject."""

import tracemalloc
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock
from core.files.models import StoredFile
from core.files.queries import content_of
from core.jobs import kinds, queries, runner, services
from core.jobs.kinds import Task
from core.jobs.models import Job
from core.refusals import Refused, refuse
from tests.factories.accounts import MOMENT, build_user

LARGE = 4_000_000
made: list[str] = []


class AtOnce(Executor):
    """Makes each part when it is asked for, in this process."""

    def submit(self, work, /, *arguments, **named):
        future = Future()
        try:
            future.set_result(work(*arguments, **named))
        except BaseException as error:  # as an executor does: it is raised where the result is asked for
            future.set_exception(error)
        return future


def write(text):
    made.append(text)
    if text == "break":
        raise OSError("the disk is full")
    return text.encode()


def repeated(text, times):
    return text.encode() * times


def plan_large(_session, wishes):
    return [Task(f"part {text}", "txt", 1, repeated, (text, LARGE)) for text in wishes]


def plan(_session, wishes):
    if wishes == ["refused"]:
        raise refuse("NO_WINNERS")
    return [Task(f"part {n}", "txt", 10, write, (text,)) for n, text in enumerate(wishes, start=1)]


kinds.register("test", plan)
kinds.register("test of large parts", plan_large)


@pytest.fixture(autouse=True)
def user(session):
    made.clear()
    user = build_user(session)
    session.commit()
    return user


def begin(session, user, *texts, subject="event:1", kind="test"):
    job = services.start(
        session, kind, subject, list(texts), ref=clock.new_ref(), actor_id=user.id, now=MOMENT
    )
    session.commit()
    return job


def work(session, now=MOMENT):
    session.commit()
    ended = runner.work(session, now=lambda: now, pool=lambda _count: AtOnce())
    session.expire_all()
    return ended


def contents(job):
    return [content_of(part.file) for part in job.parts]


def test_every_part_becomes_a_file_and_the_next_job_follows(session, user):
    first, second = begin(session, user, "a", "b"), begin(session, user, "c", subject="event:2")
    assert work(session) == 2
    assert [(job.state, job.done, job.total, contents(job)) for job in (first, second)] == [
        ("done", 20, 20, [b"a", b"b"]),
        ("done", 10, 10, [b"c"]),
    ]
    assert [part.name for part in first.parts] == ["part 1.txt", "part 2.txt"]


def test_of_a_subject_one_job_is_unfinished(session, user):
    begin(session, user, "a")
    with pytest.raises(Refused, match="JOB_UNFINISHED"):
        begin(session, user, "b")
    session.rollback()
    work(session)
    assert begin(session, user, "b").state == "waiting"


def test_a_job_whose_worker_died_goes_on_where_it_stood(session, user):
    job = begin(session, user, "a", "b")
    # A worker claims it, makes the first part and is killed.
    services.claim(session, MOMENT)
    tasks = plan(session, job.wishes)
    services.lay_out(session, job, tasks)
    services.keep_part(session, job, 1, tasks[0], b"a", ref=clock.new_ref(), now=MOMENT)
    assert work(session, MOMENT + queries.LEASE) == 0  # it may still be alive
    assert work(session, MOMENT + queries.LEASE + timedelta(seconds=1)) == 1
    assert (job.state, made, contents(job)) == ("done", ["b"], [b"a", b"b"])


def test_a_worker_that_was_taken_for_dead_keeps_nothing_more(session, user):
    job = begin(session, user, "a")
    services.claim(session, MOMENT)
    assert services.beat(session, job, 1, MOMENT)
    services.claim(session, MOMENT + timedelta(minutes=1))
    assert not services.beat(session, job, 1, MOMENT)
    assert services.beat(session, job, 2, MOMENT)


def test_a_job_that_kills_three_workers_is_given_up(session, user):
    job = begin(session, user, "a")
    for number in range(3):
        assert services.claim(session, MOMENT + timedelta(minutes=number)) is job
    assert services.claim(session, MOMENT + timedelta(minutes=3)) is None
    assert (job.state, [fault["code"] for fault in job.faults]) == ("failed", ["JOB_BROKEN"])


@pytest.mark.parametrize(("deaths", "state", "again"), [(1, "done", ["a", "b"]), (3, "failed", ["a"])])
def test_a_part_whose_process_is_killed_is_made_again_three_times_at_most(
    session, user, deaths, state, again
):
    job, left = begin(session, user, "a", "b"), [deaths]

    class Mortal(AtOnce):
        """Makes the first part; the process of the second is killed, as long as there are deaths left."""

        def submit(self, work, /, path, make, text):
            if text == "a" or not left[0]:
                return super().submit(work, path, make, text)
            left[0] -= 1
            future = Future()
            future.set_exception(BrokenProcessPool("killed"))
            return future

    session.commit()
    runner.work(session, now=lambda: MOMENT, pool=lambda _count: Mortal())
    session.expire_all()
    assert (job.state, job.attempts, made) == (state, min(deaths + 1, 3), again)


@pytest.mark.parametrize(("text", "code"), [("break", "JOB_BROKEN"), ("refused", "NO_WINNERS")])
def test_what_cannot_be_done_says_why_and_the_next_job_is_done(session, user, text, code):
    bad, good = begin(session, user, text), begin(session, user, "a", subject="event:2")
    assert work(session) == 2
    assert (bad.state, [fault["code"] for fault in bad.faults], bad.parts) == ("failed", [code], [])
    assert good.state == "done"


def test_a_cancelled_job_leaves_no_file_and_its_worker_stops(session, user):
    job = begin(session, user, "a", "b")
    services.claim(session, MOMENT)
    tasks = plan(session, job.wishes)
    services.lay_out(session, job, tasks)
    services.keep_part(session, job, 1, tasks[0], b"a", ref=clock.new_ref(), now=MOMENT)
    services.cancel(session, job, actor_id=user.id, now=MOMENT)
    session.commit()
    assert not services.beat(session, job, 1, MOMENT)
    services.finish(session, job, 1, MOMENT)  # a worker that has made the last part a moment too late
    session.commit()
    assert (job.state, session.scalar(select(func.count()).select_from(StoredFile))) == ("cancelled", 0)
    with pytest.raises(Refused, match="JOB_ENDED"):
        services.cancel(session, job, actor_id=user.id, now=MOMENT)
    session.rollback()
    assert work(session) == 0


def test_a_worker_has_one_part_in_memory_however_many_are_made_at_once(session, user):
    made_of = b"abcdefgh"
    job = begin(session, user, *made_of.decode(), kind="test of large parts")
    tracemalloc.start()
    try:
        work(session)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(content[:1], len(content)) for content in contents(job)] == [(b"%c" % n, LARGE) for n in made_of]
    assert most < 4.5 * LARGE  # of the part that is being kept a database's driver makes copies


def test_files_are_kept_for_seven_days(session, user):
    job = begin(session, user, "a")
    work(session)
    work(session, MOMENT + timedelta(days=7))
    assert contents(job) == [b"a"]
    work(session, MOMENT + timedelta(days=7, seconds=1))
    assert session.get(Job, job.id).parts == []
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_the_parts_are_made_in_processes_of_their_own(session, user):
    with runner.processes(2) as pool:
        assert list(pool.map(len, ["a", "bb"])) == [1, 2]
