// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#define USE_C10D_NCCL 1 // as LibTorch was built

#include "core/distributed/nccl/nccl_module.h"

#include "core/distributed/nccl/no_toolkit.h"

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

void headroomMakeNcclBackend(const headroom::RankPlace& place, const c10::intrusive_ptr<c10d::Store>& store,
                             c10::intrusive_ptr<c10d::Backend>& backend) {
    const auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = headroom::collectiveTimeout;
    backend = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, place.rank, place.ranks, options);
}
