// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/backend.h"
#include "core/distributed/nccl/nccl_module.h"
#include "core/support/shared_library.h"

namespace headroom {

c10::intrusive_ptr<c10d::Backend> makeNcclBackend(const RankPlace& place,
                                                  const c10::intrusive_ptr<c10d::Store>& store) {
    decltype(headroomMakeNcclBackend)* make = nullptr;
    c10::intrusive_ptr<c10d::Backend> backend;
    if (SharedLibrary(ncclModule).find(make, "headroomMakeNcclBackend"))
        make(place, store, backend);
    return backend;
}

} // namespace headroom
