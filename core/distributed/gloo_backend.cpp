// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#define USE_C10D_GLOO 1 // as LibTorch was built

#include "core/distributed/backend.h"
#include "core/distributed/store.h"

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <cstdlib>

namespace headroom {
namespace {

/// Ranks of one machine do not depend on its name and its network.
std::shared_ptr<gloo::transport::Device> glooDevice(const RankPlace& place) {
    if (const char* interface = std::getenv("GLOO_SOCKET_IFNAME"))
        return c10d::ProcessGroupGloo::createDeviceForInterface(interface);
    if (place.isOnOneMachine())
        return c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1");
    return c10d::ProcessGroupGloo::createDefaultDevice();
}

} // namespace

c10::intrusive_ptr<c10d::Backend> makeGlooBackend(const RankPlace& place,
                                                  const c10::intrusive_ptr<c10d::Store>& store) {
    const auto options = c10d::ProcessGroupGloo::Options::create(std::chrono::seconds(joinSeconds));
    options->devices.push_back(glooDevice(place));
    auto backend = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.ranks, options);
    backend->setTimeout(collectiveTimeout);
    return backend;
}

} // namespace headroom
