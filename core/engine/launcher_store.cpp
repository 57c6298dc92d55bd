// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/launcher_store.h"

#include "core/session/failure.h"
#include "core/support/error.h"

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace headroom {

struct LauncherStore::Server {
    c10::intrusive_ptr<c10d::TCPStore> store;
};

LauncherStore::LauncherStore() : server_(std::make_unique<Server>()) {
    c10d::TCPStoreOptions options;
    options.port = 0; // any
    options.isServer = true;
    options.waitWorkers = false;
    try {
        server_->store = c10::make_intrusive<c10d::TCPStore>("127.0.0.1", options);
    } catch (const std::exception& exception) {
        throw Error(ErrorKind::Failure, "cannot open a store for the ranks: " + plainMessage(exception));
    }
}

LauncherStore::~LauncherStore() = default;

std::uint16_t LauncherStore::port() const {
    return server_->store->getPort();
}

} // namespace headroom
