// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>

namespace headroom {

/// LibTorch's store for ranks that this process starts on this machine, on a free port of 127.0.0.1. It
/// outlives any of them.
class LauncherStore {
public:
    /// Throws Error (Failure).
    LauncherStore();
    ~LauncherStore();

    std::uint16_t port() const;

private:
    struct Server;
    std::unique_ptr<Server> server_;
};

} // namespace headroom
