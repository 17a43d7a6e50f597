// The fields of each command and their bounds: one overload a struct of protocol/command.hpp.
#pragma once

#include "protocol/command.hpp"
#include "protocol/fields.hpp"

namespace hallway {

/// Of what is listed at once.
inline constexpr Bounds list_limit{1, static_cast<std::int64_t>(limits::list_limit_max)};

/// Why, where it may be left out.
inline std::string read_optional_reason(Fields& in) {
  return in.optional_line("reason", limits::reason_max).value_or("");
}

// --- Session (codec_session_fields.cpp)
void read_fields(Fields& in, Hello& out);
void read_fields(Fields& in, StreamSync& out);
void read_fields(Fields& in, StreamSnapshot& out);
void read_fields(Fields& in, Clock& out);
void read_fields(Fields& in, PersonGet& out);
void read_fields(Fields& in, PersonList& out);
void read_fields(Fields& in, Bye& out);

// --- Places (codec_place_fields.cpp)
void read_fields(Fields& in, RoomEnter& out);
void read_fields(Fields& in, RoomCreate& out);
void read_fields(Fields& in, RoomUpdate& out);
void read_fields(Fields& in, RoomClose& out);
void read_fields(Fields& in, TableCreate& out);
void read_fields(Fields& in, TableUpdate& out);
void read_fields(Fields& in, TableRemove& out);
void read_fields(Fields& in, TableSit& out);
void read_fields(Fields& in, TableStand& out);
void read_fields(Fields& in, TableInvite& out);
void read_fields(Fields& in, TableKnock& out);
void read_fields(Fields& in, TableAnswer& out);
void read_fields(Fields& in, TableLock& out);
void read_fields(Fields& in, TableUnlock& out);
void read_fields(Fields& in, TableVisit& out);
void read_fields(Fields& in, TableCallHelp& out);
void read_fields(Fields& in, TableHelpDone& out);
void read_fields(Fields& in, CardUpdate& out);
void read_fields(Fields& in, EventUpdate& out);
void read_fields(Fields& in, AdmissionAdmit& out);
void read_fields(Fields& in, AdmissionRefuse& out);

// --- Messages (codec_message_fields.cpp)
void read_fields(Fields& in, MessageSend& out);
void read_fields(Fields& in, MessageEdit& out);
void read_fields(Fields& in, MessageDelete& out);
void read_fields(Fields& in, MessageReact& out);
void read_fields(Fields& in, MessagePin& out);
void read_fields(Fields& in, MessageUnpin& out);
void read_fields(Fields& in, MessageHistory& out);
void read_fields(Fields& in, MessageSearch& out);
void read_fields(Fields& in, Typing& out);
void read_fields(Fields& in, Read& out);
void read_fields(Fields& in, ConversationStart& out);
void read_fields(Fields& in, ConversationAnswer& out);
void read_fields(Fields& in, PersonBlock& out);
void read_fields(Fields& in, PersonUnblock& out);

// --- Moderation (codec_safety_fields.cpp)
void read_fields(Fields& in, PersonWarn& out);
void read_fields(Fields& in, PersonMute& out);
void read_fields(Fields& in, PersonUnmute& out);
void read_fields(Fields& in, PersonMove& out);
void read_fields(Fields& in, PersonRemove& out);
void read_fields(Fields& in, PersonBan& out);
void read_fields(Fields& in, PersonUnban& out);
void read_fields(Fields& in, RoomSlowMode& out);
void read_fields(Fields& in, RoomLock& out);
void read_fields(Fields& in, EventLockdown& out);
void read_fields(Fields& in, ReportFile& out);
void read_fields(Fields& in, ReportClaim& out);
void read_fields(Fields& in, ReportResolve& out);
void read_fields(Fields& in, FilterSet& out);
void read_fields(Fields& in, MessageReview& out);
void read_fields(Fields& in, RoleGrant& out);
void read_fields(Fields& in, RoleRevoke& out);
void read_fields(Fields& in, AuditList& out);

// --- Rounds (codec_round_fields.cpp)
void read_fields(Fields& in, RoundPreview& out);
void read_fields(Fields& in, RoundPlan& out);
void read_fields(Fields& in, RoundAnnounce& out);
void read_fields(Fields& in, RoundCancel& out);
void read_fields(Fields& in, RoundExtend& out);
void read_fields(Fields& in, RoundPause& out);
void read_fields(Fields& in, RoundResume& out);
void read_fields(Fields& in, RoundEnd& out);
void read_fields(Fields& in, RoundSitOut& out);
void read_fields(Fields& in, RoundAskTime& out);
void read_fields(Fields& in, SeatMove& out);
void read_fields(Fields& in, SeatUndo& out);
void read_fields(Fields& in, Broadcast& out);
void read_fields(Fields& in, BroadcastSeen& out);
void read_fields(Fields& in, ChairTake& out);
void read_fields(Fields& in, TableMerge& out);
void read_fields(Fields& in, OpenerDraw& out);

}  // namespace hallway
