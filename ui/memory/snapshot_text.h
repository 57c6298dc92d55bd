// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/snapshot_replay.h"
#include "ui/widgets/table_data.h"

#include <QString>

/// What a replay of a memory snapshot says, as text.
namespace headroom::ui {

/// "The program would fit RTX 4070 with PYTORCH_ALLOC_CONF=expandable_segments:True: 9.1 of 12.0 GiB."
QString snapshotVerdict(const SnapshotReplay& replay, const Card& card);

/// What was recorded, and what the replay cannot know; a line each.
QString snapshotDetail(const SnapshotReplay& replay);

/// The memory and the verdict with each of the settings.
TableData snapshotTable(const SnapshotReplay& replay, const Card& card);

} // namespace headroom::ui
