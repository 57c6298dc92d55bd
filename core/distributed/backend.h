// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/rank_place.h"

#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <chrono>

namespace headroom {

/// Collective operations have no time limit of their own: a rank may save, validate or run out of memory
/// while the others wait, and RankLink finds which rank is lost.
inline constexpr std::chrono::hours collectiveTimeout{24 * 365};

/// Gloo, for tensors in host memory. All ranks must call it. Throws LibTorch's exceptions.
c10::intrusive_ptr<c10d::Backend> makeGlooBackend(const RankPlace& place,
                                                  const c10::intrusive_ptr<c10d::Store>& store);

/// NCCL, for tensors on cards, one for each rank; null if this program has no NCCL module. All ranks must
/// call it. Throws LibTorch's exceptions.
c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const RankPlace& place,
                                                  const c10::intrusive_ptr<c10d::Store>& store);

} // namespace headroom
