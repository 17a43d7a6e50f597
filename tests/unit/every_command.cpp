#include "every_command.hpp"

#include <string>

namespace hallway::test {

std::vector<Command> every_command(const EventStage& stage, PersonId other) {
  const TableId table = stage.table("Table 1");
  const RoomId room = stage.room("Tables");
  const StreamId lobby = stream_of(stage.lobby());
  TableUpdate renamed;
  renamed.table = table;
  renamed.table_name = "Renamed";
  EventUpdate titled;
  titled.title = "Renamed";
  return {PersonGet{{other}},
          PersonList{},
          StreamSnapshot{lobby},
          RoomEnter{room},
          new_room_named("New"),
          RoomUpdate{room, "Renamed"},
          RoomClose{stage.room("Stage")},
          new_table_in(room),
          renamed,
          TableRemove{stage.table("Table 2")},
          TableSit{table},
          TableStand{},
          TableInvite{table, other},
          TableKnock{table, ""},
          TableAnswer{table, 1, true},
          TableLock{table},
          TableUnlock{table},
          TableVisit{table, true},
          TableCallHelp{table, ""},
          TableHelpDone{table},
          card_with_name("Renamed"),
          titled,
          AdmissionAdmit{{}, true},
          AdmissionRefuse{{}, true},
          MessageSend{"nonce-send", lobby, "hi", 0},
          MessageEdit{"nonce-edit", lobby, 1, "hi"},
          MessageDelete{"nonce-delete", lobby, 1, ""},
          MessageReact{lobby, 1, "x", true},
          MessagePin{lobby, 1},
          MessageUnpin{lobby, 1},
          MessageHistory{lobby},
          Typing{lobby},
          PersonWarn{other, "please"},
          PersonMove{other, room, ""},
          PersonBan{other, {}, "rude"},
          PersonUnban{other, ""},
          RoomSlowMode{room, 10, ""},
          RoomLock{room, true, ""},
          EventLockdown{true, ""},
          ReportFile{"nonce-report", lobby, 1, "look"},
          ReportClaim{1},
          ReportResolve{1, ReportOutcome::other, ""},
          FilterSet{true, {"word"}, ""},
          MessageReview{1, true, ""},
          RoleGrant{other, Role::facilitator, {}, ""},
          RoleRevoke{other, {}, ""},
          AuditList{},
          PersonMute{other, 5, false, "loud"},
          PersonUnmute{other, ""},
          PersonRemove{other, "loud"},
          RoundPreview{room, {}},
          RoundPlan{PlanId{1}, 1},
          RoundAnnounce{"nonce-announce", room, RoundOptions{}, {}, false},
          RoundCancel{room},
          RoundExtend{room, 60, {}},
          RoundPause{room},
          RoundResume{room},
          RoundEnd{room},
          RoundSitOut{room, true},
          RoundAskTime{table},
          SeatMove{other, table},
          SeatUndo{1},
          Broadcast{"nonce-broadcast", room, "hi"},
          BroadcastSeen{room, 1},
          ChairTake{room},
          TableMerge{table},
          OpenerDraw{table}};
}

void fill_queue(EventStage& stage, PersonId other) {
  const PersonId reporter = stage.come("Rita");
  const PersonId author = stage.come("Ada");
  const StreamId lobby = stream_of(stage.lobby());
  stage.act(other, saying(lobby, "to be looked at"));
  stage.act(reporter, ReportFile{"nonce-queue", lobby, stage.place().top(lobby), "look"});
  stage.act_as_operator(FilterSet{true, {"secret"}, ""});
  stage.act(author, saying(lobby, "a secret"));
}

std::string_view name_of(const Command& command) {
  return std::visit([](const auto& asked) { return asked.name; }, command);
}

}  // namespace hallway::test
