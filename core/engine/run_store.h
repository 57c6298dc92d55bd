#pragma once

#include "core/session/run_store.h"

#include <memory>

namespace headroom {

std::unique_ptr<RunStore> makeRunStore();

} // namespace headroom
