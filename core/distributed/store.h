// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/rank_place.h"

#include <torch/csrc/distributed/c10d/Store.hpp>

namespace headroom {

/// How long ranks wait for each other at the start: machines of a cluster do not start together.
inline constexpr int joinSeconds = 300;

/// A new connection to the store of the run, for one thread. Its keys are apart from those of earlier
/// attempts and of other purposes. Throws Error (Failure) if nothing answers within joinSeconds.
c10::intrusive_ptr<c10d::Store> connectStore(const RankPlace& place, const std::string& purpose);

/// The store that rank 0 keeps if the launcher has none; for the other ranks, and with a store of the
/// launcher, null. Throws Error (Failure).
c10::intrusive_ptr<c10d::Store> openStore(const RankPlace& place);

} // namespace headroom
