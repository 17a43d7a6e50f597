// The running server's ear for `hallway admin`: a Unix-domain socket in the data folder, for its
// owner alone (mode 0600). One thread, one request at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "server/admin.hpp"

namespace hallway {

class AdminSocket {
 public:
  /// Precondition: the caller holds the folder's DataLock, so that a socket found there is
  /// nobody's. Borrows store and clock, which outlive it. Refused with a sentence.
  static Result<std::unique_ptr<AdminSocket>> open(const std::filesystem::path& file, Store& store,
                                                   ClockSource& clock, std::string link_base);
  /// Ends after the request under way.
  ~AdminSocket();
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

 private:
  AdminSocket(std::filesystem::path file, int listener, int stop_reader, int stop_writer,
              Store& store, ClockSource& clock, std::string link_base);
  void run();
  void serve(int connection);

  const std::filesystem::path file_;
  const int listener_;
  const int stop_reader_;  // A pipe: readable once its writer is closed.
  int stop_writer_;
  Store& store_;
  ClockSource& clock_;
  const std::string link_base_;
  std::thread thread_;
};

/// Asks the server that listens there. Refused where none does.
Result<AdminAnswer> ask_admin_socket(const std::filesystem::path& file,
                                     const AdminRequest& request);

}  // namespace hallway
