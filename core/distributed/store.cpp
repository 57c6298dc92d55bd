// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/store.h"

#include "core/session/failure.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace headroom {
namespace {

c10::intrusive_ptr<c10d::Store> makeStore(const RankPlace& place, bool isServer) {
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = isServer;
    options.waitWorkers = false;
    options.timeout = std::chrono::seconds(joinSeconds);
    try {
        return c10::make_intrusive<c10d::TCPStore>(place.host, options);
    } catch (const std::exception& exception) {
        throw Error(ErrorKind::Failure,
                    fmt::format("{} the store of the run at {}:{}: {}",
                                isServer ? "cannot open" : "cannot reach", place.host, place.port,
                                plainMessage(exception)),
                    {},
                    "Check that MASTER_ADDR names the machine of rank 0, that MASTER_PORT is free there, "
                    "and that no firewall is in between.");
    }
}

} // namespace

c10::intrusive_ptr<c10d::Store> connectStore(const RankPlace& place, const std::string& purpose) {
    return c10::make_intrusive<c10d::PrefixStore>(fmt::format("headroom/{}/{}", place.attempt, purpose),
                                                  makeStore(place, false));
}

c10::intrusive_ptr<c10d::Store> openStore(const RankPlace& place) {
    return place.isFirst() && !place.launcherHasStore ? makeStore(place, true) : nullptr;
}

} // namespace headroom
