#include "server/sso_claims.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "protocol/checks.hpp"
#include "protocol/limits.hpp"
#include "server/jwt.hpp"

namespace hallway {
namespace {

/// At most so many code points of valid UTF-8.
std::string cut(const std::string& text, std::size_t max) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (begins && ++count > max) return text.substr(0, i);
  }
  return text;
}

std::string line_of(const json::Object& claims, const std::string& claim) {
  const std::string text = text_of_claim(claims, claim).value_or("");
  auto line = checked_line(cut(text, limits::org_max), limits::org_max, claim);
  return line ? std::move(*line) : std::string();
}

Result<std::string> name_of(const json::Object& claims, const ClaimMapping& mapping) {
  for (const std::string& claim : {mapping.name, std::string("preferred_username")}) {
    const std::string text = text_of_claim(claims, claim).value_or("");
    auto name = checked_name(cut(text, limits::name_max), claim);
    if (name) return name;
  }
  return refuse(ErrorCode::unauthenticated, "names nobody", "jwt");
}

}  // namespace

Result<Vouched> read_vouched(const json::Object& claims, const ClaimMapping& mapping) {
  Vouched vouched;
  vouched.subject = text_of_claim(claims, "sub").value_or("");
  auto name = name_of(claims, mapping);
  if (!name) return name.error();
  vouched.card.name = std::move(*name);
  vouched.card.org = line_of(claims, mapping.org);
  vouched.card.title = line_of(claims, mapping.title);
  for (const std::string& value : texts_of_claim(claims, mapping.roles)) {
    const auto role = mapping.role_of.find(value);
    if (role == mapping.role_of.end()) continue;
    vouched.role = std::max(vouched.role.value_or(Role::member), role->second);
  }
  std::map<std::string, Role> groups;
  for (const std::string& value : texts_of_claim(claims, mapping.groups)) {
    const auto found = mapping.group_of.find(value);
    if (found == mapping.group_of.end()) continue;
    const auto& [group, role] = found->second;
    Role& highest = groups.try_emplace(group, role).first->second;
    highest = std::max(highest, role);
  }
  vouched.groups.assign(groups.begin(), groups.end());
  if (const auto event = text_of_claim(claims, "event")) {
    vouched.event = parse_id<EventTag>(*event);
  }
  return vouched;
}

}  // namespace hallway
