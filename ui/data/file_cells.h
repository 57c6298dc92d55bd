// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <QStringList>

namespace headroom::ui {

/// A row of the table of a song's files: stem, length, rate, peak, clipped samples, silence, encoding. An
/// unreadable file has two cells: the stem and the reason.
QStringList fileCells(const FileReport& file);

} // namespace headroom::ui
