// The fields of what rounds tell and keep, as codec_shapes.hpp tells fields.
#pragma once

#include <cmath>
#include <optional>

#include "protocol/codec_shapes.hpp"

namespace hallway::shapes {

// --- Things
template <class A>
void describe(A& a, Is<Opener> auto& opener) {
  a.maybe("card", opener.card);
  a.maybe("text", opener.text);
}

/// Kept alone: the wire has it in commands only, where `hosts` is an object.
template <class A>
void describe(A& a, Is<RoundOptions> auto& options) {
  static_assert(A::is_stored);
  a.field("size", options.size);
  a.field("size_min", options.size_min);
  a.field("minutes", options.minutes);
  a.field("rounds", options.rounds);
  a.object("avoid", [&](A& avoid) {
    avoid.field("met", options.avoid_met);
    avoid.field("org", options.avoid_org);
    avoid.field("came_with", options.avoid_came_with);
  });
  a.object("match", [&](A& match) { match.field("asks", options.match_asks); });
  a.field("together", options.together);
  a.field("apart", options.apart);
  a.field("hosts", options.hosts);
  a.maybe("seed", options.seed);
  a.maybe("opener", options.opener);
}

template <class A>
void describe(A& a, const RoundView& round) {
  a.field("plan", round.plan);
  a.field("number", round.number);
  a.field("of", round.of);
  a.field("phase", round.phase);
  a.field("starts_at", round.starts_at);
  a.field("ends_at", round.ends_at);
  a.field("minutes", round.minutes);
  a.field("size", round.size);
  a.field("paused_at", round.paused_at);
  a.maybe("opener", round.opener);
  a.field("repeats", round.repeats);
  a.nullable("chair", round.chair);
  a.field("chair_offered", round.chair_offered);
  a.maybe("tables", round.tables);
}

template <class A>
void describe(A& a, const RoundQualityView& quality) {
  a.field("pairs", quality.pairs);
  a.field("repeated", quality.repeated);
  a.field("same_org", quality.same_org);
  a.field("met_before", quality.met_before);
}

template <class A>
void describe(A& a, const ImpossibleView& impossible) {
  a.field("reason", impossible.reason);
  a.maybe("size", impossible.size);
  a.maybe("rounds", impossible.rounds);
}

template <class A>
void describe(A& a, const PlanQualityView& quality) {
  constexpr double tenths = 10;
  a.field("people", quality.people);
  a.field("tables", quality.tables);
  a.field("sizes", quality.sizes);
  a.field("rounds", quality.rounds);
  a.field("pairs_repeated", quality.pairs_repeated);
  a.field("people_met_min", quality.people_met_min);
  a.field("people_met_mean", std::round(quality.people_met_mean * tenths) / tenths);
  a.field("same_org", quality.same_org);
  a.field("met_before", quality.met_before);
  a.field("conflicts", quality.conflicts);
  a.field("asks_met", quality.asks_met);
  a.field("by_round", quality.by_round);
  a.field("bound_repeated", quality.bound_repeated);
  a.field("bound_same_org", quality.bound_same_org);
  a.maybe("impossible", quality.impossible);
}

/// How many of how many agree to something.
template <class A>
void describe_agreed(A& a, auto& thing) {
  a.field("yes", thing.yes);
  a.field("of", thing.of);
}

/// Of a view and of the push alike.
template <class A>
void describe_shrunk(A& a, auto& shrunk) {
  a.field("left", shrunk.left);
  a.nullable("into", shrunk.into);
  a.maybe("at", shrunk.at);
  describe_agreed(a, shrunk);
}

template <class A>
void describe(A& a, const ShrunkView& shrunk) {
  describe_shrunk(a, shrunk);
}

template <class A>
void describe(A& a, const TimeAskedView& asked) {
  a.field("table", asked.table);
  describe_agreed(a, asked);
}

template <class A>
void describe(A& a, const BroadcastView& broadcast) {
  a.field("offset", broadcast.offset);
  a.field("at", broadcast.at);
  a.field("by", broadcast.by);
  a.field("body", broadcast.body);
}

// --- Room
template <class A>
void describe(A& a, Is<RoundAnnounced> auto& push) {
  a.field("plan", push.plan);
  a.field("starts_at", push.starts_at);
  a.field("number", push.number);
  a.field("of", push.of);
  a.field("minutes", push.minutes);
  a.field("size", push.size);
}

template <class A>
void describe(A& a, Is<RoundCancelled> auto& push) {
  a.field("number", push.number);
  a.field("reason", push.reason);
}

template <class A>
void describe(A& a, Is<RoundStarted> auto& push) {
  a.field("plan", push.plan);
  a.field("number", push.number);
  a.field("of", push.of);
  a.field("ends_at", push.ends_at);
  a.field("seats", push.seats);
  a.field("repeats", push.repeats);
  a.maybe("opener", push.opener);
}

template <class A>
void describe(A& a, Is<RoundWarned> auto& push) {
  a.field("left_s", push.left_s);
  a.maybe("table", push.table);
}

template <class A>
void describe(A& a, Is<RoundWrapping> auto& push) {
  a.field("ends_at", push.ends_at);
  a.maybe("tables", push.tables);
}

template <class A>
void describe(A& a, Is<RoundEnded> auto& push) {
  a.field("number", push.number);
  a.maybe("tables", push.tables);
}

template <class A>
void describe(A& a, Is<RoundExtended> auto& push) {
  a.field("ends_at", push.ends_at);
  a.maybe("table", push.table);
}

template <class A>
void describe(A&, Is<RoundPaused> auto&) {}

template <class A>
void describe(A& a, Is<RoundResumed> auto& push) {
  a.field("ends_at", push.ends_at);
  a.maybe("tables", push.tables);
}

template <class A>
void describe(A& a, Is<RoundSatOut> auto& push) {
  a.field("person", push.person);
  a.field("on", push.on);
}

template <class A>
void describe(A& a, Is<BroadcastPosted> auto& push) {
  a.field("body", push.body);
}

template <class A>
void describe(A& a, Is<ChairOffered> auto& push) {
  a.field("people", push.people);
}

template <class A>
void describe(A& a, Is<ChairTaken> auto& push) {
  a.field("by", push.chair);
}

// --- Table and desk
template <class A>
void describe(A& a, Is<RoundTimeAsked> auto& push) {
  a.field("table", push.table);
  describe_agreed(a, push);
}

template <class A>
void describe(A& a, Is<TableShrunk> auto& push) {
  a.field("table", push.table);
  describe_shrunk(a, push);
}

template <class A>
void describe(A& a, Is<OpenerDrawn> auto& push) {
  a.field("table", push.table);
  a.field("opener", push.opener);
}

template <class A>
void describe(A& a, Is<BroadcastSeenPush> auto& push) {
  a.field("room", push.room);
  a.field("of", push.of);
  a.field("tables", push.tables);
  a.field("tables_of", push.tables_of);
}

// --- Facts, which only the journal sees
template <class A>
void describe(A& a, Is<SeriesBegun> auto& push) {
  a.field("room", push.room);
  a.field("plan", push.plan);
  a.field("options", push.options);
}

template <class A>
void describe(A& a, Is<RoundsPlanned> auto& push) {
  a.field("room", push.room);
  a.field("plan", push.plan);
  a.field("first", push.first);
  a.field("rounds", push.rounds);
  a.field("apart", push.apart);
}

template <class A>
void describe(A& a, Is<PeopleMet> auto& push) {
  a.maybe("plan", push.plan);
  a.field("pairs", push.pairs);
}

}  // namespace hallway::shapes
