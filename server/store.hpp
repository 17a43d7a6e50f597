// All ports of storage behind one object, with what only operators ask of it.
#pragma once

#include <string>
#include <vector>

#include "server/accounts.hpp"
#include "server/groups.hpp"
#include "server/journal.hpp"
#include "server/privacy.hpp"
#include "server/registry.hpp"

namespace hallway {

struct OperatorToken {
  TokenHash hash{};
  TimeMs created_at = 0;
  TimeMs expires_at = 0;
};

class Store : public Journal, public Registry, public Accounts, public Groups, public Privacy {
 public:
  /// Oldest first; those that have expired or been revoked are left out.
  virtual Result<std::vector<OperatorToken>> operators(TimeMs now) = 0;
};

}  // namespace hallway
