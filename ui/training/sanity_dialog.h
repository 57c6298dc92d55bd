// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace headroom::ui {

class SanityMinute;

/// The sanity minute: its progress, its verdict, and buttons to stop and to repeat it. Modeless; closing it
/// stops the minute. GUI thread.
class SanityDialog : public QDialog {
    Q_OBJECT

public:
    /// @param minute outlives this
    explicit SanityDialog(SanityMinute& minute, QWidget* parent = nullptr);

private:
    void update();
    QString verdict() const;
    QString detail() const;

    SanityMinute& minute_;
    QLabel* verdict_;
    QLabel* detail_;
    QProgressBar* bar_;
    QPushButton* again_ = nullptr;
    QPushButton* stop_ = nullptr;
};

} // namespace headroom::ui
