// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QToolButton;

namespace headroom::ui {

class ElidedLabel;
class ListenPage;

/// Play button and title of the song of a Listen page, for the status bar while another page is shown.
/// Appears when playback continues there and stays after a pause until the Listen page is shown again. GUI
/// thread.
class NowPlaying : public QWidget {
    Q_OBJECT

public:
    /// @param page outlives this
    explicit NowPlaying(ListenPage& page, QWidget* parent = nullptr);

    /// @param shown whether the Listen page is the current page
    void setPageShown(bool shown);

private:
    void refresh();

    ListenPage& page_;
    QToolButton* play_;
    ElidedLabel* title_;
    bool pageShown_ = true;
    bool used_ = false; ///< has played since the page was left
};

} // namespace headroom::ui
