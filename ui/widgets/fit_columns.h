// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QTableView;

namespace headroom::ui {

/// Resizes the columns of a table to their contents and adds width for the check boxes of the first column,
/// which Qt's size hint omits when a style sheet styles the items.
void fitColumns(QTableView& table);

} // namespace headroom::ui
