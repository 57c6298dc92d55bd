#pragma once

#include "core/session/dataset_service.h"

#include <memory>

namespace headroom {

std::unique_ptr<DatasetService> makeDatasetService();

} // namespace headroom
