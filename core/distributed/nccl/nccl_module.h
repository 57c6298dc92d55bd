// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/distributed/backend.h"

/// A library of its own, because it needs libtorch_cuda, which the programs load only where there is a card.
namespace headroom {

inline constexpr const char* ncclModule = "libheadroom_nccl.so"; ///< beside the program

} // namespace headroom

/// The function of the library. Throws LibTorch's exceptions.
extern "C" __attribute__((visibility("default"))) void
headroomMakeNcclBackend(const headroom::RankPlace& place, const c10::intrusive_ptr<c10d::Store>& store,
                        c10::intrusive_ptr<c10d::Backend>& backend);
