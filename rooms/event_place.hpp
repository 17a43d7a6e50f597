// An event with all its rooms, tables and people: decides on their commands, and is the fold of its
// pushes. Everyone in an event is in one room; moving is one decision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/chat.hpp"
#include "rooms/event_draft.hpp"
#include "rooms/event_spec.hpp"
#include "rooms/event_state.hpp"
#include "rooms/permission.hpp"
#include "rooms/place.hpp"
#include "rooms/rate_limit.hpp"

namespace hallway {

class EventPlace final : public Place {
 public:
  EventPlace(EventId event, const Settings& settings);

  /// The first pushes: the event, its lobby and its other rooms. Precondition: nothing was folded.
  Decision create(const EventSpec& spec, const Context& context) const;
  /// A card and a role as the registry has them, at a load; before or after the fold.
  void seed_person(const PersonView& person);

  Decision decide(const Command& command, PersonId actor, const Context& context) const override;
  /// The community's own token: above all roles, and nowhere in the event.
  Decision decide_as_operator(const Command& command, const Context& context) const;
  /// What `by` (0: the community's own token) does outside of the event stands in its log too.
  Decision note(AuditView act, PersonId by, const Context& context) const;
  Decision arrive(const Arrival& arrival, const Context& context) const override;
  Decision depart(PersonId person, bool bye, const Context& context) const override;
  /// `PersonErased`, from the registry; an event is told nothing else.
  Decision receive(const FollowUp& follow_up, const Context& context) const override;
  Decision tick(const Context& context) const override;
  Decision worked(const SeatingOutcome& outcome, const Context& context) const override;
  std::optional<TimeMs> next_deadline() const override;
  void restarted(TimeMs now) override;

  std::vector<StreamId> streams_of(PersonId person) const override;
  std::vector<PersonId> concerned(const Push& push) const override;
  Snapshot snapshot(StreamId stream, PersonId viewer, std::int64_t limit) const override;
  void complete(Push& push) const override;

  // --- Reading
  /// Who is in a room now, for someone whose own list may be old. Precondition: the room is there.
  Presence presence_of(RoomId room) const;
  EventView event_view() const;
  /// Who waits sees the lobby alone.
  EventView event_view_for(PersonId viewer) const;
  std::vector<std::string> names_present(std::size_t max) const;
  std::int64_t count_present() const;  ///< Online and reconnecting.
  bool person_known(PersonId person) const;
  /// Precondition: known.
  PersonView person_view(PersonId person) const;
  /// Of roles held for one room.
  std::vector<std::pair<RoomId, std::vector<Capability>>> room_capabilities(PersonId person) const;
  PlaceView where(PersonId person) const;
  Role role_of(PersonId person) const;
  /// In a lockdown, who is not staff.
  bool is_hushed(PersonId person) const;
  /// The mute that is in force, of chat before one of voice.
  std::optional<MuteView> mute_of(PersonId person, TimeMs now) const;
  /// Sat in one sitting with each of `others`.
  bool have_met(PersonId person, const std::vector<PersonId>& others) const;
  std::vector<SearchScope> search_scopes(PersonId person) const;
  Slices readable(StreamId stream, PersonId viewer) const override;
  const Event& event() const { return event_; }

 protected:
  void fold(const Push& push) override;
  bool may_read_slice(StreamId stream, PersonId viewer, Offset after, Offset to) const override;

 private:
  struct Actor {
    PersonId id;
    const Member* member = nullptr;  ///< nullptr: the community's own token.
    bool is_chair = false;           ///< Leads the rounds of some room.
    const Event* event = nullptr;    ///< With `member`.
    /// In the whole event.
    bool may(Capability capability) const;
    /// There, by a role for the event or for that room.
    bool may_in(Capability capability, RoomId room) const;
    bool is_staff() const;
    /// There, by a role for the event or for that room.
    bool is_staff_in(RoomId room) const;
  };
  struct Chair;

  Decision decide_for(const Command& command, const Actor& actor, const Context& context) const;
  std::optional<Decision> repeated(const Command& command, const Actor& actor, TimeMs now) const;
  std::optional<Error> refuse_actor(const Command& command, const Need& need, const Actor& actor,
                                    TimeMs now) const;
  /// The room that a command concerns, where a role for it counts; 0: none.
  RoomId room_of(const Command& command) const;
  std::optional<Error> refuse_phase(const Need& need, const Actor& actor) const;
  Decision erase(PersonId person, const Context& context) const;

  // --- Chat and reading (event_chat.cpp, event_reading.cpp)
  Decision chat(const Command& command, StreamId stream, const Need& need, const Actor& actor,
                const Context& context) const;
  /// Where the room is slow: how long its people wait.
  std::optional<Error> refuse_slow(StreamId stream, const Actor& actor, TimeMs now) const;
  /// Words that others read and that are no message (a card, a topic, a line): not from who is
  /// muted there, and not those of the filter.
  std::optional<Error> refuse_words(std::string_view words, const char* field, RoomId room,
                                    const Actor& actor, TimeMs now) const;
  /// What the chat decided, unless the word filter holds it.
  Decision filtered(const MessageSend& send, Decision decision, const Actor& actor,
                    const Context& context) const;
  ChatRights rights_on(StreamId stream, const Need& need, const Actor& actor, TimeMs now) const;
  std::size_t receivers_of(StreamId stream) const;
  Slices visible_of(StreamId stream, const Member& member) const;
  Slices current_talk(TableId at, const Slices& visible) const;
  StreamState state_of(StreamId stream, const Member& viewer,
                       const std::vector<MessageView>& messages) const;
  TimeAskedView time_asked(const Table& table, const TableRun& run) const;
  /// Of a room with more people than are shown: the viewer, those at their table, and who wrote the
  /// messages.
  std::vector<PersonId> people_of_talk(const Member& viewer,
                                       const std::vector<MessageView>& messages) const;
  std::vector<PersonView> people_shown(const Room& room, const Member& viewer,
                                       const std::vector<MessageView>& messages) const;

  // --- One decision a command
  template <class NotOfAnEvent>
  Decision on(const NotOfAnEvent&, const Actor&, const Context&) const = delete;
  Decision on(const PersonGet& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonList& command, const Actor& actor, const Context& context) const;
  Decision on(const StreamSnapshot& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomEnter& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomCreate& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomUpdate& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomClose& command, const Actor& actor, const Context& context) const;
  Decision on(const TableCreate& command, const Actor& actor, const Context& context) const;
  Decision on(const TableUpdate& command, const Actor& actor, const Context& context) const;
  Decision on(const TableRemove& command, const Actor& actor, const Context& context) const;
  Decision on(const TableSit& command, const Actor& actor, const Context& context) const;
  Decision on(const TableStand& command, const Actor& actor, const Context& context) const;
  Decision on(const TableInvite& command, const Actor& actor, const Context& context) const;
  Decision on(const TableKnock& command, const Actor& actor, const Context& context) const;
  Decision on(const TableAnswer& command, const Actor& actor, const Context& context) const;
  Decision on(const TableLock& command, const Actor& actor, const Context& context) const;
  Decision on(const TableUnlock& command, const Actor& actor, const Context& context) const;
  Decision on(const TableVisit& command, const Actor& actor, const Context& context) const;
  Decision on(const TableCallHelp& command, const Actor& actor, const Context& context) const;
  Decision on(const TableHelpDone& command, const Actor& actor, const Context& context) const;
  Decision on(const CardUpdate& command, const Actor& actor, const Context& context) const;
  Decision on(const EventUpdate& command, const Actor& actor, const Context& context) const;
  Decision on(const AdmissionAdmit& command, const Actor& actor, const Context& context) const;
  Decision on(const AdmissionRefuse& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonWarn& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonMute& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonUnmute& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonMove& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonRemove& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonBan& command, const Actor& actor, const Context& context) const;
  Decision on(const PersonUnban& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomSlowMode& command, const Actor& actor, const Context& context) const;
  Decision on(const RoomLock& command, const Actor& actor, const Context& context) const;
  Decision on(const EventLockdown& command, const Actor& actor, const Context& context) const;
  Decision on(const ReportFile& command, const Actor& actor, const Context& context) const;
  Decision on(const ReportClaim& command, const Actor& actor, const Context& context) const;
  Decision on(const ReportResolve& command, const Actor& actor, const Context& context) const;
  Decision on(const FilterSet& command, const Actor& actor, const Context& context) const;
  Decision on(const MessageReview& command, const Actor& actor, const Context& context) const;
  Decision on(const RoleGrant& command, const Actor& actor, const Context& context) const;
  Decision on(const RoleRevoke& command, const Actor& actor, const Context& context) const;
  Decision on(const AuditList& command, const Actor& actor, const Context& context) const;

  // --- Rounds (event_rounds.cpp, event_round_people.cpp)
  Decision on(const RoundPreview& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundPlan& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundAnnounce& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundCancel& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundExtend& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundPause& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundResume& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundEnd& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundSitOut& command, const Actor& actor, const Context& context) const;
  Decision on(const RoundAskTime& command, const Actor& actor, const Context& context) const;
  Decision on(const SeatMove& command, const Actor& actor, const Context& context) const;
  Decision on(const SeatUndo& command, const Actor& actor, const Context& context) const;
  Decision on(const Broadcast& command, const Actor& actor, const Context& context) const;
  Decision on(const BroadcastSeen& command, const Actor& actor, const Context& context) const;
  Decision on(const ChairTake& command, const Actor& actor, const Context& context) const;
  Decision on(const TableMerge& command, const Actor& actor, const Context& context) const;
  Decision on(const OpenerDraw& command, const Actor& actor, const Context& context) const;

  /// By their role, or as the one who has the chair there.
  bool leads(const Actor& actor, const Room& room) const;
  Result<const Room*> room_to_lead(RoomId id, const Actor& actor) const;
  Result<const Room*> room_with_round(RoomId id, const Actor& actor) const;
  std::optional<Error> refuse_options(const Room& room, const RoundOptions& options) const;
  /// A previewed plan that is still kept.
  const PlanKept* find_plan(PlanId plan, TimeMs now) const;
  void announce(EventDraft& draft, const RoundAnnounce& command, const Round* last,
                RoundAnnounced announced, const Actor& actor) const;
  Decision begin_series(const RoundAnnounce& command, const Room& room, PlanId plan,
                        const RoundOptions& options, const PlanKept* kept, const Actor& actor,
                        const Context& context) const;
  Decision continue_series(const RoundAnnounce& command, const Room& room, const Round& last,
                           const Actor& actor, const Context& context) const;
  /// Whoever comes into a room where a round runs has a place there: at a table, or on the sofa.
  void seat_late(EventDraft& draft, const PersonView& person, const Room& room) const;
  /// The table of the running round that suits somebody best; nullptr: none takes anybody.
  const Table* table_for(const PersonView& person, const Room& room, TableId but_not = {}) const;
  void tell_chair_is_back(EventDraft& draft, PersonId person) const;
  void merge(EventDraft& draft, const Table& table, const Table& into) const;

  /// Takes a chair: stands up elsewhere, and lets an away person's chair be taken where no other is
  /// free. `table_full` where none is.
  std::optional<Error> take_chair(EventDraft& draft, const Member& sitter,
                                  const Table& table) const;
  std::optional<Error> refuse_in_round(const Table& table, PersonId person) const;
  /// Whose names nobody else may seem to have.
  std::vector<PersonView> staff_besides(PersonId person) const;
  Result<std::vector<PersonId>> who_waits(const std::vector<PersonId>& people, bool all) const;

  // --- Moderation (event_moderation.cpp, event_reports.cpp)
  std::optional<Error> refuse_rank(const Actor& actor, const Member& target) const;
  /// Somebody of the event whose role is below the actor's.
  Result<const Member*> find_target(PersonId person, const Actor& actor) const;
  /// And who has not been shown the door.
  Result<const Member*> find_insider(PersonId person, const Actor& actor, TimeMs now) const;
  /// What was done to a person, on the desk's stream and on their own.
  template <class Done>
  void tell_person(EventDraft& draft, Done done, const Actor& actor) const;
  Result<RoleScope> scope_of(const std::optional<RoleScope>& asked) const;
  std::optional<Error> refuse_last_organiser(const Member& target) const;
  void revoke(EventDraft& draft, const Member& target, const RoleScope& scope,
              const std::string& reason, const Actor& actor) const;
  /// What somebody who is shown out leaves in the queue is settled.
  void settle_queue(EventDraft& draft, PersonId person, const Actor& actor) const;
  std::optional<Error> refuse_report(const ReportFile& command, const Actor& actor) const;
  Result<const ReportView*> find_report(std::int64_t number) const;
  /// The first answer to a message that was held and is sent again.
  std::optional<Decision> held_before(const MessageSend& send, const Actor& actor,
                                      TimeMs now) const;
  bool still_sits(PersonId author, const HeldView& held) const;
  /// The open report by `by` about this message; 0: none.
  std::int64_t report_about(PersonId by, StreamId stream, Offset of) const;
  /// Whether the whole desk may know of it: not where it is about one of them.
  bool is_for_desk(PersonId reported) const;
  bool may_handle(const Member& handler, PersonId reported) const;
  void tell_report(EventDraft& draft, PersonId reported, std::int64_t report, PushData told,
                   const Actor& actor) const;
  std::optional<Error> refuse_own_case(const ReportView& report, const Actor& actor) const;
  void note_deletion(Decision& decision, const MessageDelete& command, const Actor& actor) const;
  Decision hold(Decision posted, const Actor& actor, const Context& context) const;
  std::vector<PersonId> mentions_in(const std::string& body) const;
  DeskStreamState desk_state(const Member& viewer) const;
  void tell_queue(DeskStreamState& desk, const Member& viewer) const;
  void tell_people(DeskStreamState& desk) const;
  void tick_activity(EventDraft& draft, TimeMs now) const;

  // --- What time brings (event_time.cpp)
  /// These two: whether there was something to do.
  bool tick_people(EventDraft& draft, TimeMs now) const;
  bool tick_life(EventDraft& draft, TimeMs now) const;
  void tick_presence(EventDraft& draft, TimeMs now) const;
  // Of rounds (event_round_time.cpp).
  void tick_rounds(EventDraft& draft, const Context& context) const;
  void start_round(EventDraft& draft, const Room& room, const Context& context) const;
  TableId make_table(EventDraft& draft, const Room& room, std::int64_t number,
                     std::uint64_t id) const;
  void seat_others_on_sofa(SeatingView& seats, const Room& room,
                           const std::vector<PersonId>& seated) const;
  void tick_course(EventDraft& draft, const Room& room, TimeMs now) const;
  void tick_merges(EventDraft& draft, const Room& room, TimeMs now) const;
  void tell_size(EventDraft& draft, const Table& table, TimeMs now) const;
  void tick_chair(EventDraft& draft, const Room& room, TimeMs now) const;
  void tick_broadcasts(EventDraft& draft, TimeMs now) const;
  /// All to the lobby, and what still waits for a moderator is said no more; the push that says so
  /// follows.
  void gather_in_lobby(EventDraft& draft) const;

  const Settings settings_;
  Event event_;
  ChatPace pace_;
};

/// What a nonce stands for, to tell a repeat from a clash.
std::uint64_t digest_of(const RoundAnnounce& command);
std::uint64_t digest_of(const Broadcast& command);

/// A room as its first push tells it, with its tables and its sofa; ids are drawn from `seed`.
RoomView new_room(const RoomSpec& spec, std::uint64_t seed, std::uint64_t& index);

}  // namespace hallway
