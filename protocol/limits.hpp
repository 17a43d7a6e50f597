// Every bound in one place, with what happens at it. Sizes of text are Unicode code points unless
// named bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hallway::limits {

// Text. At the bound: refused `bad_request` naming the field (a body: `too_large`).
inline constexpr std::size_t body_max = 4000;
inline constexpr std::size_t request_max = 300;  ///< A first message to someone one has not met.
inline constexpr std::size_t name_max = 60;
inline constexpr std::size_t about_max = 200;  ///< Also ask, offer and topic.
inline constexpr std::size_t org_max = 100;    ///< Also title.
inline constexpr std::size_t line_max = 140;
inline constexpr std::size_t reason_max = 300;
inline constexpr std::size_t rules_max = 1000;
inline constexpr std::size_t query_max = 100;
inline constexpr std::size_t emoji_bytes_max = 32;
inline constexpr std::size_t nonce_bytes_min = 8;
inline constexpr std::size_t nonce_bytes_max = 64;
inline constexpr std::size_t id_bytes_max = 64;
inline constexpr std::size_t token_bytes_max = 512;
inline constexpr std::size_t invite_bytes_max = 128;
inline constexpr std::size_t timezone_bytes_max = 64;
inline constexpr std::size_t client_max = 100;  ///< Name and version of a client.
inline constexpr std::size_t event_title_max = 100;
inline constexpr std::int64_t programme_minutes_max = 1440;

// Frames. At the bound: close 1009; a bad object is refused alone.
inline constexpr std::size_t message_bytes_max = 16 * 1024;
inline constexpr std::size_t objects_max = 32;
inline constexpr std::size_t nesting_max = 16;
inline constexpr std::size_t answer_bytes_max =
    128 * 1024;  ///< Replies and snapshots: messages stop, `more`.

// Lists in commands. At the bound: refused `bad_request`.
inline constexpr std::size_t resume_streams_max = 256;
inline constexpr std::size_t person_get_max = 200;
inline constexpr std::size_t list_limit_max = 100;
inline constexpr std::size_t snapshot_limit_default = 50;
inline constexpr std::size_t admit_people_max = 200;
inline constexpr std::size_t came_with_max = 8;
inline constexpr std::size_t mentions_max = 20;
inline constexpr std::size_t programme_max = 100;

// Slow work under way on a shard. At the bound: refused `rate_limited`.
inline constexpr std::size_t works_max = 8;
inline constexpr std::int64_t works_retry_ms = 500;

// Recovery. Beyond: reset `gap`.
inline constexpr std::size_t recovery_pushes_max = 300;
inline constexpr std::size_t recovery_bytes_max = 256 * 1024;

// Places. At the bound: refused `too_large`.
inline constexpr std::size_t rooms_max = 200;
inline constexpr std::size_t tables_max = 1000;  ///< In one room.
inline constexpr std::int64_t capacity_min = 2;
inline constexpr std::int64_t capacity_max = 100;
inline constexpr std::size_t conversation_people_max = 8;
inline constexpr std::size_t conversations_max = 200;     ///< The latest, told in hello.
inline constexpr std::size_t messages_max = 100'000;      ///< In one stream.
inline constexpr std::size_t reactions_max = 20;          ///< Different emoji on one message.
inline constexpr std::size_t reaction_people_max = 1000;  ///< On one message, over all its emoji.
inline constexpr std::size_t pins_max = 50;
inline constexpr std::size_t blocked_max = 1000;      ///< People one person blocks.
inline constexpr std::size_t reads_max = 500;         ///< Read marks of one; the oldest goes.
inline constexpr std::size_t people_shown_max = 200;  ///< In a room's snapshot and in presence.
inline constexpr std::size_t knocks_max = 20;         ///< Open at one table.
inline constexpr std::size_t typing_people_max = 100;

// Rounds. At the bound: refused `bad_request` naming the field; too many people: `too_large`.
inline constexpr std::size_t round_people_max = 2000;
inline constexpr std::int64_t round_size_min = 2;
inline constexpr std::int64_t round_size_max = 20;
inline constexpr std::int64_t round_minutes_max = 240;
inline constexpr std::int64_t rounds_max_of_series = 50;
inline constexpr std::size_t round_groups_max = 200;  ///< Lists of people together, or apart.
inline constexpr std::size_t round_group_people_max = 20;
inline constexpr std::size_t round_hosts_max = 1000;
inline constexpr std::int64_t extend_s_min = 10;
inline constexpr std::int64_t extend_s_max = 3600;
inline constexpr std::size_t plans_max = 8;  ///< Previews kept of one event; the oldest goes.
inline constexpr std::size_t plan_rounds_told = 3;
inline constexpr std::size_t plan_people_told = 4000;  ///< Seats in one answer, over its rounds.
inline constexpr std::int64_t opener_cards = 60;
inline constexpr std::size_t opener_max = 200;

// Moderation. At the bound: refused `too_large`, or as said.
inline constexpr std::size_t reports_open_max = 1000;
inline constexpr std::size_t reports_open_of_one_max = 20;
inline constexpr std::size_t evidence_before = 2;  ///< Messages kept beside the one reported,
inline constexpr std::size_t evidence_after = 2;
inline constexpr std::size_t evidence_max = 280;    ///< each cut to so much.
inline constexpr std::size_t held_max = 1000;       ///< Messages that wait for a moderator.
inline constexpr std::size_t held_of_one_max = 20;  ///< In one event, and told in all.
inline constexpr std::size_t filter_words_max = 200;
inline constexpr std::size_t filter_word_max = 60;
inline constexpr std::size_t filter_bytes_max = 8 * 1024;
inline constexpr std::size_t audit_max = 10'000;  ///< Kept at hand of one event; the oldest goes.
inline constexpr std::int64_t slow_s_max = 3600;
inline constexpr std::int64_t lockdown_slow_s = 10;
inline constexpr std::int64_t activity_ms = 5'000;

// Accounts. At the bound: refused `bad_request` naming the field.
inline constexpr std::size_t login_min = 3;
inline constexpr std::size_t login_max = 64;
inline constexpr std::size_t passphrase_min = 10;
inline constexpr std::size_t passphrase_max = 256;
inline constexpr std::size_t recovery_codes = 10;
inline constexpr std::size_t session_client_max = 60;  ///< Of what holds a session; cut.
inline constexpr std::int64_t my_events_max = 100;     ///< The latest, told by `GET /me`.

// Signing in. At the bound: `rate_limited` (queues: `unavailable`), with when to come again. A
// right passphrase counts nothing. A browser that an account knows is counted by itself, and not
// with its address: strangers cannot keep the owner out.
inline constexpr double sign_in_address_per_s = 0.5;
inline constexpr double sign_in_address_burst = 100;  ///< A whole venue can sit behind one.
inline constexpr double sign_in_login_per_s = 1.0 / 60;
inline constexpr double sign_in_login_burst = 5;
inline constexpr double sign_in_device_per_s = 1.0 / 60;
inline constexpr double sign_in_device_burst = 10;
inline constexpr std::size_t passphrases_waiting_max = 256;  ///< About 10 s of one thread.
inline constexpr std::size_t jwt_bytes_max = 8 * 1024;
inline constexpr std::size_t sso_states_max = 20'000;  ///< Visits of providers under way.
inline constexpr double sso_visits_per_s = 5;          ///< An address.
inline constexpr double sso_visits_burst = 200;
inline constexpr std::size_t fetches_waiting_max = 64;
inline constexpr std::size_t fetch_bytes_max = 256 * 1024;

// Time.
inline constexpr std::int64_t announce_ms = 30'000;
inline constexpr std::int64_t wrap_ms = 30'000;
inline constexpr std::int64_t plan_ms = 600'000;
inline constexpr std::int64_t start_missed_ms = 60'000;  ///< A start later than this is cancelled.
inline constexpr std::int64_t merge_ms = 10'000;
inline constexpr std::int64_t undo_ms = 10'000;
inline constexpr std::int64_t met_ms = 60'000;  ///< Together at a table so long: they have met.
inline constexpr std::int64_t chair_staff_ms = 60'000;
inline constexpr std::int64_t chair_hosts_ms = 180'000;
inline constexpr std::int64_t seen_ms = 1'000;
inline constexpr std::int64_t hello_ms = 10'000;
inline constexpr std::int64_t ping_ms = 25'000;
inline constexpr std::int64_t pong_ms = 10'000;
inline constexpr std::int64_t retry_ms = 2'000;  ///< Told with closes 4200–4299: come back within.
inline constexpr std::int64_t reconnecting_ms = 90'000;
inline constexpr std::int64_t left_ms = 600'000;
inline constexpr std::int64_t presence_ms = 1'000;
inline constexpr std::int64_t counts_ms = 2'000;
inline constexpr std::int64_t knock_ms = 20'000;
inline constexpr std::int64_t invite_ms = 10'000;  ///< Between two invitations of one person.
inline constexpr std::int64_t invite_fresh_ms = 120'000;  ///< It opens a locked table so long.
inline constexpr std::int64_t typing_ms = 3'000;
inline constexpr std::int64_t read_flush_ms = 2'000;
inline constexpr std::int64_t nonce_ms = 24 * 3'600'000;
inline constexpr std::int64_t open_before_ms = 30 * 60'000;
inline constexpr std::int64_t close_after_ms = 30 * 60'000;
inline constexpr std::int64_t readable_after_ms = 24 * 3'600'000;
inline constexpr std::int64_t jwt_ahead_s = 600;  ///< A signed link is good so long at most.
inline constexpr std::int64_t jwt_leeway_s = 60;
inline constexpr std::int64_t sso_visit_ms = 600'000;
inline constexpr std::int64_t fetch_ms = 5'000;
inline constexpr std::int64_t keys_again_ms = 60'000;  ///< Between two looks for an unknown key.
inline constexpr std::int64_t keys_fresh_ms = 3'600'000;
inline constexpr std::int64_t mute_minutes_max = 1440;
inline constexpr std::int64_t retention_days_max = 3650;
inline constexpr std::size_t group_members_max = 2000;
inline constexpr std::size_t rota_max = 200;
inline constexpr std::int64_t memory_meetings_max = 100;  ///< That a group remembers.
inline constexpr std::int64_t series_events_max = 52;
inline constexpr std::int64_t series_weeks_max = 52;  ///< From one event to the next.

// Connections.
inline constexpr std::size_t outbox_bytes_max = 1024 * 1024;
inline constexpr std::size_t refusals_max = 200;  ///< `rate_limited` in 10 s before close 4006.

}  // namespace hallway::limits
