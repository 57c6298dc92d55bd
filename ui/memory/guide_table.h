#pragma once

#include "core/values/guide.h"
#include "ui/widgets/text_table.h"

namespace headroom::ui {

/// What the guide for cards of 32 GB says, a row for each figure, and what is true of it here.
TextTable guideTable(const std::vector<GuideFigure>& figures);

} // namespace headroom::ui
