// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace headroom::ui {

class ConfigModel;
class OptionRow;

/// The rows of batch size and accumulation, with a button between them that locks their product, the
/// effective batch. With several ranks, shows its factors on each of them. GUI thread.
class EffectiveBatchBox : public QFrame {
    Q_OBJECT

public:
    EffectiveBatchBox(ConfigModel& model, OptionRow* batch, OptionRow* accumulation);

    void setRanks(int ranks);

private:
    void read();
    QString factorsText() const;

    ConfigModel& model_;
    QToolButton* lock_;
    QLabel* product_;
    int ranks_ = 1;
};

} // namespace headroom::ui
