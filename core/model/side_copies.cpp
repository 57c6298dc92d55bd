// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/side_copies.h"

#include <ATen/ATen.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/util/Exception.h>

#include <map>
#include <mutex>

namespace headroom {
namespace {

/// The same for all copies of a device, because its bus does one at a time in each direction. LibTorch has a
/// limited number of streams, which it hands out in turn.
c10::Stream copyStream(c10::Device device) {
    static std::mutex mutex;
    static std::map<c10::DeviceIndex, c10::Stream> streams;
    const std::scoped_lock lock(mutex);
    const auto found = streams.find(device.index());
    if (found != streams.end())
        return found->second;
    const c10::Stream created =
        c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, /*isHighPriority=*/false);
    return streams.emplace(device.index(), created).first->second;
}

} // namespace

SideCopies::SideCopies(c10::Device device) {
    if (device.is_cpu() || device.is_meta())
        return;
    const auto event = [&] { return c10::Event(device.type()); };
    streams_.emplace(Streams{.computation = c10::impl::VirtualGuardImpl(device.type()).getStream(device),
                             .copies = copyStream(device),
                             .ready = event(),
                             .copied = {event(), event()},
                             .end = event()});
}

SideCopies::~SideCopies() {
    if (!streams_)
        return;
    try {
        streams_->end.record(streams_->copies);
        streams_->end.block(streams_->computation);
    } catch (const c10::Error&) {
        // The device has failed: it copies nothing any more, and everything after this reports the failure.
    }
}

void SideCopies::begin(std::size_t slot, const at::Tensor& to, const at::Tensor& from) {
    if (!streams_) {
        to.copy_(from);
        return;
    }
    streams_->ready.record(streams_->computation);
    streams_->ready.block(streams_->copies);
    {
        const c10::StreamGuard guard(streams_->copies);
        to.copy_(from, /*non_blocking=*/true);
    }
    streams_->copied[slot].record(streams_->copies);
}

void SideCopies::waitFor(std::size_t slot) {
    if (streams_)
        streams_->copied[slot].block(streams_->computation);
}

} // namespace headroom
