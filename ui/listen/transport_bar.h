// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/listen_model.h"

#include <QWidget>

class QAction;
class QComboBox;
class QPushButton;
class QSlider;
class QToolButton;

namespace headroom::ui {

class ElidedLabel;
class Player;
class SteadyLabel;
class TimeAxis;

/// Transport controls, play position, choice of the source, audio device and volume. GUI thread.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    TransportBar(ListenModel& model, Player& player, TimeAxis& axis, QWidget* parent = nullptr);

    bool loops() const;
    void setLoops(bool on);

Q_SIGNALS:
    void toStart();
    void playToggled();
    void stopped();
    void loopToggled();

private:
    void build();
    void buildSourceButtons();
    void buildLayout();
    void connectParts();
    QToolButton* makeButton(const QString& icon, const QString& name);
    void refresh();
    void refreshMix();
    void refreshDevices();

    ListenModel& model_;
    Player& player_;
    TimeAxis& axis_;
    QToolButton* start_;
    QToolButton* play_;
    QToolButton* stop_;
    QToolButton* loop_;
    SteadyLabel* clock_;
    ElidedLabel* range_;
    std::array<QPushButton*, 3> heard_{}; ///< by ListenModel::Heard
    ElidedLabel* mix_;
    ElidedLabel* problem_;
    QComboBox* device_;
    QSlider* volume_;
};

} // namespace headroom::ui
