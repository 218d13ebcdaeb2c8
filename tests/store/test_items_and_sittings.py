"""Banks with their revisions, sittings with their logs."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_banks import item_yaml, write_bank

from app.errors import FormError, StoreDamagedError
from app.exam import events as ev
from app.exam.plan import SittingPlan
from app.exam.sitting import fold_all

START = (ev.Admitted(candidate="Ada"), ev.Agreed(), ev.Started())


def begun(workspace, **plan):
    """Return record and live sitting of a new sitting that has been started."""
    sitting = workspace.begin(SittingPlan("cpc", **({"form": "T"} | plan)))
    record, live = workspace.take_up(sitting)
    for event in START:
        assert live.do(event)
    return record, live


def test_a_bank_is_loaded_once_and_again_only_when_it_changed(workspace, data):
    assert workspace.items.banks()[0]["items"] == 100
    stamp = workspace.items.banks()[0]["loaded_at"]
    workspace.items.load_changed([data.banks])
    assert workspace.items.banks()[0]["loaded_at"] == stamp
    path = data.banks / "sample.yaml"
    path.write_text(path.read_text().replace("title: Sample", "title: Better"), encoding="utf-8")
    workspace.items.load_changed([data.banks])
    assert workspace.items.banks()[0]["title"] == "Better"


def test_a_sitting_keeps_the_text_it_was_sat_with_after_the_bank_is_corrected(workspace, data):
    record, _ = begun(workspace)
    path = data.banks / "sample.yaml"
    path.write_text(path.read_text().replace("Stem of", "Corrected stem of").replace("key: A", "key: B"))
    assert workspace.items.load_changed([data.banks]) == []
    again = workspace.sittings.record(record.id)
    assert again.texts == record.texts
    fresh, _ = begun(workspace)
    assert fresh.texts[5].item.stem.startswith("Corrected")


def test_a_bank_with_a_mistake_leaves_what_was_loaded_before(workspace, data):
    (data.banks / "sample.yaml").write_text("bank: [", encoding="utf-8")
    errors = workspace.items.load_changed([data.banks])
    assert "sample.yaml" in str(errors[0])
    assert len(workspace.items.pool("cpc")) == 100


def test_two_banks_may_not_share_an_id_or_a_form(workspace, data, cpc):
    text = "bank: other\ntitle: O\ncode_year: 2026\nitems:\n" + item_yaml(
        "sample-hcpcs-001", {"cpc": "hcpcs"}
    )
    (data.banks / "other.yaml").write_text(text, encoding="utf-8")
    write_bank(data.banks, cpc, "third", form="T")
    errors = [str(error) for error in workspace.items.load_changed([data.banks])]
    assert any("sample-hcpcs-001" in error and "already used" in error for error in errors)
    assert any("form T" in error for error in errors)
    assert len(workspace.items.pool("cpc")) == 100


def test_items_that_were_shown_are_known_as_seen(workspace):
    _, live = begun(workspace)
    live.do(ev.Shown(item=1))
    seen = [item.item for item in workspace.items.pool("cpc") if item.seen]
    assert sorted(seen) == ["sample-surgery-10000-001", "sample-surgery-10000-002"]


def test_every_event_is_in_the_file_when_append_returns(workspace, data):
    record, live = begun(workspace)
    other = sqlite3.connect(data.database)
    for number in range(5):
        live.do(ev.Answered(item=number + 2, options=("A",)))
        (count,) = other.execute("SELECT COUNT(*) FROM event WHERE sitting=?", (record.id,)).fetchone()
        assert count == len(START) + number + 1
    other.close()


@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from("ABCD"), st.booleans()), max_size=15))
def test_what_is_read_back_folds_to_the_live_state(workspace, actions):
    record, live = begun(workspace)
    for item, option, flag in actions:
        live.do(ev.Shown(item=item))
        live.do(ev.Answered(item=item, options=(option,)))
        live.do(ev.Flagged(item=item, on=flag))
    assert fold_all(record.rules, workspace.sittings.events(record.id)) == live.state


def test_an_interrupted_sitting_is_listed_and_taken_up_where_it_stood(workspace):
    record, live = begun(workspace)
    live.do(ev.Shown(item=7))
    live.do(ev.Answered(item=7, options=("C",)))
    workspace.sittings.pulse(record.id, 90_000)
    (row,) = workspace.sittings.rows(open_only=True)
    assert (row.id, row.answered, row.items, row.elapsed_ms) == (record.id, 1, 100, 90_000)
    _, again = workspace.take_up(record.id)
    assert again.state.current == 7
    assert again.state.items[7].answer == ("C",)
    assert 90_000 <= again.elapsed_ms < 91_000
    assert again.state.interruptions[0].cause == "crash"


def test_a_discarded_sitting_is_offered_no_more_but_its_log_stays(workspace):
    record, _ = begun(workspace)
    workspace.sittings.discard(record.id)
    assert workspace.sittings.rows(open_only=True) == []
    assert len(workspace.sittings.events(record.id)) == 3


def test_an_ended_sitting_is_a_past_result_with_its_score(workspace):
    record, live = begun(workspace)
    for number, text in enumerate(record.texts[:75]):
        live.do(ev.Answered(item=number, options=text.item.key))
    live.do(ev.Ended())
    workspace.finish_reports()
    (row,) = workspace.sittings.rows(closed_only=True)
    assert (row.earned, row.possible, row.percent, row.passed) == (75, 100, 75, True)
    assert workspace.sittings.rows(open_only=True) == []


def test_an_event_that_cannot_be_read_is_told_and_nothing_is_changed(workspace, data):
    record, _ = begun(workspace)
    with workspace._connection.write() as conn:
        conn.execute("UPDATE event SET body='{' WHERE sitting=? AND seq=2", (record.id,))
    with pytest.raises(StoreDamagedError, match="Event 2"):
        workspace.take_up(record.id)


def test_an_unknown_exam_or_form_is_refused(workspace):
    with pytest.raises(FormError, match="no exam"):
        workspace.begin(SittingPlan("xyz"))
    with pytest.raises(FormError, match="no form 'Q'"):
        workspace.begin(SittingPlan("cpc", form="Q"))


def test_the_offers_say_what_the_banks_hold(workspace):
    offers = {offer.blueprint.id: offer for offer in workspace.offers()}
    assert offers["cpc"].forms == ("T",)
    assert offers["cpc"].shortages == []
    assert offers["ccs"].total == 0
    assert sum(offers["ccs"].largest.values()) == 0


def test_many_items_are_loaded_and_counted(workspace, data, cpc):
    write_bank(data.banks, cpc, "many", per_section={"hcpcs": 400, "em": 300})
    assert workspace.items.load_changed([data.banks]) == []
    assert workspace.items.counts()["cpc"]["hcpcs"] == 403
