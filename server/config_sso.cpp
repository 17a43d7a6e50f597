#include "server/config_sso.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace hallway {
namespace {

constexpr std::size_t providers_max = 20;
constexpr std::size_t key_file_bytes_max = 256 * 1024;

/// Reads one table; the first thing that is wrong stays.
class Reader {
 public:
  Reader(const toml::table& table, std::string where, std::optional<Error>& wrong)
      : table_(table), where_(std::move(where)), wrong_(wrong) {}

  std::string text(const std::string& key, std::string fallback = "") {
    known_.insert(key);
    const toml::node* const node = table_.get(key);
    if (node == nullptr) return fallback;
    if (!node->is_string()) refuse_key(key, "must be a text");
    return node->is_string() ? **node->as_string() : fallback;
  }
  std::string needed(const std::string& key) {
    std::string value = text(key);
    if (value.empty()) refuse_key(key, "must be set");
    return value;
  }
  bool boolean(const std::string& key) {
    known_.insert(key);
    const toml::node* const node = table_.get(key);
    if (node != nullptr && !node->is_boolean()) refuse_key(key, "must be true or false");
    return node != nullptr && node->is_boolean() && **node->as_boolean();
  }
  /// The texts of a table within.
  std::map<std::string, std::string> texts(const std::string& key) {
    known_.insert(key);
    std::map<std::string, std::string> found;
    const toml::node* const node = table_.get(key);
    if (node == nullptr) return found;
    if (!node->is_table()) {
      refuse_key(key, "must be a table");
      return found;
    }
    for (const auto& [name, value] : *node->as_table()) {
      if (!value.is_string()) refuse_key(key + "." + std::string(name.str()), "must be a text");
      if (value.is_string()) found[std::string(name.str())] = **value.as_string();
    }
    return found;
  }
  void refuse_unknown() {
    for (const auto& entry : table_) {
      const std::string key(entry.first.str());
      if (!known_.contains(key)) refuse_key(key, "is no setting of this version");
    }
  }
  void refuse_key(const std::string& key, const std::string& what) {
    const std::string name = where_ + "." + key;
    if (!wrong_) wrong_ = refuse(ErrorCode::bad_request, name + " " + what, name);
  }

 private:
  const toml::table& table_;
  const std::string where_;
  std::optional<Error>& wrong_;
  std::set<std::string> known_;
};

bool is_id(const std::string& id) {
  return id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

ClaimMapping read_mapping(Reader& reader) {
  ClaimMapping mapping;
  const std::map<std::string, std::string*> claims{{"name", &mapping.name},
                                                   {"org", &mapping.org},
                                                   {"title", &mapping.title},
                                                   {"roles", &mapping.roles},
                                                   {"groups", &mapping.groups}};
  for (const auto& [word, claim] : reader.texts("claims")) {
    const auto known = claims.find(word);
    if (known == claims.end()) {
      reader.refuse_key("claims." + word, "is no setting of this version");
    } else {
      *known->second = claim;
    }
  }
  for (const auto& [value, word] : reader.texts("roles")) {
    const auto role = parse_role(word);
    if (!role) reader.refuse_key("roles." + value, "must be a role");
    mapping.role_of[value] = role.value_or(Role::member);
  }
  for (const auto& [value, words] : reader.texts("groups")) {
    const std::size_t colon = std::min(words.find(':'), words.size());
    const std::string word = colon < words.size() ? words.substr(colon + 1) : "member";
    const auto role = parse_role(word);
    if (!role || *role == Role::moderator || colon == 0) {
      reader.refuse_key("groups." + value,
                        "must be a group's id, or one with :facilitator or :organiser behind it");
    }
    mapping.group_of[value] = {words.substr(0, colon), role.value_or(Role::member)};
  }
  return mapping;
}

void read_common(Reader& reader, SsoProvider& provider) {
  provider.id = reader.needed("id");
  if (!is_id(provider.id)) reader.refuse_key("id", "has lower-case letters, digits and hyphens");
  provider.name = reader.text("name", provider.id);
  provider.issuer = reader.needed("issuer");
  provider.any_event = reader.boolean("any_event");
  provider.mapping = read_mapping(reader);
}

std::string read_file(Reader& reader, const std::string& key, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.good() && !file.eof()) reader.refuse_key(key, "names a file that cannot be read");
  if (text.empty()) reader.refuse_key(key, "names a file that is empty or cannot be read");
  if (text.size() > key_file_bytes_max) reader.refuse_key(key, "names a file that is too long");
  return text;
}

/// Exactly one of `secret`, `secret_file` and `key_file`, and one that serves the algorithm.
JwsKeys read_keys(Reader& reader, JwsAlgorithm algorithm) {
  std::string secret = reader.text("secret");
  const std::string secret_file = reader.text("secret_file");
  const std::string key_file = reader.text("key_file");
  const int given = int{!secret.empty()} + int{!secret_file.empty()} + int{!key_file.empty()};
  if (given != 1) {
    reader.refuse_key("key_file", "or secret or secret_file must be set, one of them");
    return {};
  }
  if (!secret_file.empty()) {
    secret = read_file(reader, "secret_file", secret_file);
    while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  }
  const std::string key = secret.empty() ? "key_file" : "secret";
  Result<JwsKeys> keys = JwsKeys{};
  if (secret.empty()) {
    const std::string text = read_file(reader, key, key_file);
    if (text.starts_with('{')) {
      keys = read_key_set(text);
    } else {
      const auto one = JwsKey::of_pem(text);
      keys = one ? Result<JwsKeys>(JwsKeys{*one}) : Result<JwsKeys>(one.error());
    }
  } else {
    const auto one = JwsKey::of_secret(secret);
    keys = one ? Result<JwsKeys>(JwsKeys{*one}) : Result<JwsKeys>(one.error());
  }
  if (!keys) {
    reader.refuse_key(key, "will not do. " + keys.error().message);
    return {};
  }
  std::erase_if(*keys, [&](const JwsKey& each) { return !each.serves(algorithm); });
  if (keys->empty()) reader.refuse_key(key, "is not of the kind that the algorithm needs");
  return *keys;
}

JwtProvider read_jwt_provider(Reader& reader) {
  JwtProvider provider;
  read_common(reader, provider);
  provider.audience = reader.text("audience");
  const auto algorithm = parse_jws_algorithm(reader.needed("algorithm"));
  if (!algorithm || *algorithm == JwsAlgorithm::ps256) {
    reader.refuse_key("algorithm", "must be HS256, RS256 or ES256");
  }
  provider.algorithm = algorithm.value_or(JwsAlgorithm::es256);
  provider.keys = read_keys(reader, provider.algorithm);
  return provider;
}

OidcProvider read_oidc_provider(Reader& reader) {
  OidcProvider provider;
  read_common(reader, provider);
  provider.client_id = reader.needed("client_id");
  provider.client_secret = reader.text("client_secret");
  provider.scopes = reader.text("scopes", provider.scopes);
  return provider;
}

template <class Provider>
void read_list(const toml::table& sso, const std::string& key, std::vector<Provider>& providers,
               Provider (*read)(Reader&), std::optional<Error>& wrong) {
  const toml::node* const node = sso.get(key);
  if (node == nullptr) return;
  const std::string where = "sso." + key;
  const toml::array* const list = node->as_array();
  if (list == nullptr || list->size() > providers_max) {
    wrong = refuse(ErrorCode::bad_request, where + " must be written [[" + where + "]]", where);
    return;
  }
  for (const toml::node& each : *list) {
    if (!each.is_table()) {
      wrong = refuse(ErrorCode::bad_request, where + " must be tables", where);
      return;
    }
    Reader reader(*each.as_table(), where, wrong);
    providers.push_back(read(reader));
    reader.refuse_unknown();
    const Provider& last = providers.back();
    const auto is_twin = [&](const Provider& other) {
      return &other != &last && (other.id == last.id || other.issuer == last.issuer);
    };
    if (std::any_of(providers.begin(), providers.end(), is_twin)) {
      reader.refuse_key("id", "and the issuer may stand once only");
    }
  }
}

}  // namespace

std::optional<Error> read_sso(const std::string& file, SsoSettings& settings) {
  const toml::table table = toml::parse_file(file);
  const toml::node* const node = table.get("sso");
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) return refuse(ErrorCode::bad_request, "sso must be a table", "sso");
  const toml::table& sso = *node->as_table();
  std::optional<Error> wrong;
  Reader reader(sso, "sso", wrong);
  settings.contact = reader.text("contact");
  for (const auto& entry : sso) {
    const std::string key(entry.first.str());
    if (key != "jwt" && key != "oidc" && key != "contact") {
      reader.refuse_key(key, "is no setting of this version");
    }
  }
  read_list<JwtProvider>(sso, "jwt", settings.jwt, read_jwt_provider, wrong);
  if (!wrong) read_list<OidcProvider>(sso, "oidc", settings.oidc, read_oidc_provider, wrong);
  return wrong;
}

}  // namespace hallway
