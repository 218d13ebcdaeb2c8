"""Form assembly: exact, reproducible, fair to unseen items, honest about what is missing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FormError
from app.exam.forms import PoolItem, apportion, draw, fixed, largest_counts, shortages
from app.exam.plan import SittingPlan, form_for


def pool_for(blueprint, extra=0, **changes):
    """Return a pool with the blueprint's items and ``extra`` more per section."""
    items = []
    for section in blueprint.sections:
        for n in range(section.items + extra):
            facts = {"seen": 0, "case": "", "picks": 1} | changes
            items.append(
                PoolItem(len(items), f"{section.id}-{n:03}", section.id, ("A", "B", "C", "D"), **facts)
            )
    return items


def counted(pool):
    return Counter(item.section for item in pool)


@given(seed=st.integers(min_value=-(10**9), max_value=10**9), extra=st.integers(min_value=0, max_value=4))
def test_a_drawn_form_has_the_exact_section_counts_and_no_item_twice(cpc, seed, extra):
    form = draw(cpc, pool_for(cpc, extra), seed)
    assert [place.section for place in form.items] == [s.id for s in cpc.sections for _ in range(s.items)]
    assert len({place.item for place in form.items}) == cpc.items
    assert all(sorted(place.options) == ["A", "B", "C", "D"] for place in form.items)


@given(seed=st.integers())
def test_the_same_pool_and_seed_give_the_same_form_whatever_the_order_of_the_pool(cpc, seed):
    pool = pool_for(cpc, 3)
    assert draw(cpc, pool, seed) == draw(cpc, list(reversed(pool)), seed)


def test_another_seed_gives_another_form(cpc):
    assert draw(cpc, pool_for(cpc, 3), 1) != draw(cpc, pool_for(cpc, 3), 2)


def test_items_that_were_not_seen_come_first(cpc):
    pool = pool_for(cpc, 5)
    seen = {item.item for item in pool[::2]}
    pool = [PoolItem(i.revision, i.item, i.section, i.options, seen=int(i.item in seen)) for i in pool]
    form = draw(cpc, pool, 5)
    unseen = Counter(item.section for item in pool if not item.seen)
    for section in cpc.sections:
        fresh = sum(place.section == section.id and place.item not in seen for place in form.items)
        assert fresh == min(section.items, unseen[section.id])


def test_the_items_of_one_record_stand_side_by_side(cpc):
    pool = [
        PoolItem(
            i.revision, i.item, i.section, i.options, case=f"case-{n // 2}" if i.section == "cases" else ""
        )
        for n, i in enumerate(pool_for(cpc))
    ]
    cases = {item.item: item.case for item in pool}
    order = [cases[place.item] for place in draw(cpc, pool, 9).items if place.section == "cases"]
    assert len([1 for a, b in pairwise(order) if a != b]) == len(set(order)) - 1


def test_a_section_that_lacks_items_is_named_with_the_numbers(cpc):
    pool = [item for item in pool_for(cpc) if item.item not in ("hcpcs-000", "hcpcs-001")]
    lacking = shortages(cpc, counted(pool))
    assert [(each.section, each.needed, each.available) for each in lacking] == [("hcpcs", 3, 1)]
    with pytest.raises(FormError, match="HCPCS Level II has 1 of 3"):
        draw(cpc, pool, 1)


def test_the_largest_form_keeps_the_proportions_and_can_be_drawn(cpc):
    pool = [item for item in pool_for(cpc) if item.section != "cases" or item.item < "cases-005"]
    counts = largest_counts(cpc, counted(pool))
    assert counts["cases"] <= 5
    assert 40 <= sum(counts.values()) <= 60
    assert len(draw(cpc, pool, 1, counts=counts).items) == sum(counts.values())


def test_empty_banks_give_no_form_at_all(cpc):
    assert sum(largest_counts(cpc, {}).values()) == 0


@given(
    total=st.integers(0, 500), weights=st.dictionaries(st.text(min_size=1), st.integers(1, 100), min_size=1)
)
def test_apportioned_parts_sum_to_the_total_and_stay_within_one_of_their_share(total, weights):
    counts = apportion(total, weights)
    assert sum(counts.values()) == total
    whole = sum(weights.values())
    assert all(abs(counts[key] - total * weight / whole) < 1 for key, weight in weights.items())


def test_a_fixed_form_keeps_its_order_and_shuffles_options_by_seed(cpc):
    pool = pool_for(cpc)
    one, two = fixed(cpc, "A", pool, 1), fixed(cpc, "A", pool, 2)
    assert [place.item for place in one.items] == [item.item for item in pool]
    assert [place.options for place in one.items] != [place.options for place in two.items]
    assert one == fixed(cpc, "A", pool, 1)


def test_a_fixed_form_that_does_not_fit_the_blueprint_is_refused(cpc):
    with pytest.raises(FormError, match="does not fit"):
        fixed(cpc, "A", pool_for(cpc)[1:], 1)


def test_pretest_items_are_as_many_as_the_blueprint_has_those_marked_first(ccs):
    pool = pool_for(ccs, 1)
    marked = {pool[3].item, pool[40].item}
    pool = [PoolItem(i.revision, i.item, i.section, i.options, pretest=i.item in marked) for i in pool]
    form = draw(ccs, pool, 4)
    unscored = {place.item for place in form.items if place.pretest}
    assert len(unscored) == ccs.pretest
    assert marked & {place.item for place in form.items} <= unscored


def test_an_unknown_form_is_refused_with_those_that_exist(cpc):
    with pytest.raises(FormError, match=r"no form 'Z'.*A, B"):
        form_for(SittingPlan("cpc", form="Z"), cpc, pool_for(cpc), {"A": (), "B": ()})


def test_a_form_that_names_a_missing_item_is_refused(cpc):
    with pytest.raises(FormError, match="ghost"):
        form_for(SittingPlan("cpc", form="A"), cpc, pool_for(cpc), {"A": ("ghost",)})
