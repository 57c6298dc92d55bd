// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#define USE_C10D_NCCL 1 // as LibTorch was built

#include "core/distributed/backend.h"
#include "core/distributed/nccl/no_toolkit.h"

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

namespace headroom {

c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const RankPlace& place,
                                                  const c10::intrusive_ptr<c10d::Store>& store) {
    const auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = collectiveTimeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, place.rank, place.ranks, options);
}

} // namespace headroom
