// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/bridge/mailbox.h"

#include <QDialog>

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

class QLabel;
class QProgressBar;
class QPushButton;

namespace headroom::ui {

/// Offers to download LibTorch, without which the studio cannot start, and shows how far that is. Accepted
/// when it is installed. GUI thread.
class LibTorchDialog : public QDialog {
    Q_OBJECT

public:
    /// Called with the share that is done, 0 to 1, of downloading, then of unpacking.
    using Progress = std::function<void(double share, bool unpacking)>;
    /// Installs LibTorch, on a thread of the dialog. Returns false if it was stopped; throws std::exception.
    using Install = std::function<bool(const Progress&, const std::stop_token&)>;

    /// @param megabytes of the download
    LibTorchDialog(qint64 megabytes, Install install, QWidget* parent = nullptr);
    ~LibTorchDialog() override;

private:
    struct State {
        enum class Kind { Works, Done, Failed } kind = Kind::Works;
        double share = 0;
        bool unpacking = false;
        std::string error = {};
    };

    void start();
    State run(const std::stop_token& stop);
    void show(const State& state);

    Install install_;
    QLabel* text_;
    QProgressBar* bar_;
    QPushButton* download_;
    Mailbox<State> states_;
    std::jthread thread_;
};

} // namespace headroom::ui
