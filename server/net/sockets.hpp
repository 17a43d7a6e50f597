// Tells the connections of a shard when they may read or write. One epoll of our own inside Asio's:
// edge-triggered and never armed again, where Asio's waits cost a system call for each message and
// 300 bytes for each connection. One thread (the shard's).
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <memory>
#include <vector>

namespace hallway {

/// Who owns a connected socket that never blocks.
class SocketUser {
 public:
  struct Ready {
    bool to_read = false;
    bool to_write = false;
    bool ended = false;  ///< The peer stopped: read until nothing is left, it is not told again.
  };

  virtual ~SocketUser() = default;
  /// Told once a change: whoever did not read or write as far as the socket went is told again only
  /// after `Sockets::again`.
  virtual void on_ready(Ready ready) = 0;
};

class Sockets {
 public:
  explicit Sockets(boost::asio::io_context& io);

  /// Begins to watch. Keeps `user` until `remove`. False: the machine refuses, and nothing is kept.
  bool add(int socket, std::shared_ptr<SocketUser> user);
  /// Precondition: added, and not closed yet. The user goes with the next `bury`, never within.
  void remove(int socket);
  /// The user is told once more that it may read, after the others had their turn.
  void again(int socket);

  /// Tells one user. False: nobody is waiting to be told.
  bool serve_one();
  bool has_ready() const { return next_ < ready_.size(); }
  /// Lets go of the users that were removed. True: there were some.
  bool bury();
  std::size_t size() const { return watched_; }
  /// The io_context has no more work from here. Precondition: nothing is watched.
  void stop();

 private:
  struct Event {
    int socket = -1;  ///< Negative: removed meanwhile.
    SocketUser::Ready ready;
  };
  void await();
  /// Asks the kernel; nothing is waited for.
  void fetch();

  boost::asio::posix::stream_descriptor epoll_;
  std::vector<std::shared_ptr<SocketUser>> users_;  ///< By descriptor.
  std::size_t watched_ = 0;
  std::vector<Event> ready_;
  std::size_t next_ = 0;
  std::vector<std::shared_ptr<SocketUser>> removed_;
};

}  // namespace hallway
