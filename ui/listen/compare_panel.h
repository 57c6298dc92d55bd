#pragma once

#include "ui/listen/listen_model.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace headroom::ui {

class ShareBar;
class SourceCard;
class SourceMenu;

/// The sources that are compared: what they are, which is heard, the blind test, loudness, and how far their
/// separation is. GUI thread.
class ComparePanel : public QWidget {
    Q_OBJECT

public:
    ComparePanel(ListenModel& model, SourceMenu& menu, QWidget* parent = nullptr);

private:
    struct Source {
        SourceCard* card = nullptr;
        QToolButton* choose = nullptr;
        QLabel* loudness = nullptr;
        QWidget* progress = nullptr;
        ShareBar* bar = nullptr;
        QLabel* state = nullptr;
        QToolButton* cancel = nullptr;
    };

    void build();
    QWidget* buildSource(int which);
    QWidget* buildProgress(int which);
    void refresh();
    void refreshSource(int which);
    void refreshBlind();
    void refreshFocus();
    QString scoreOf(int which) const;

    ListenModel& model_;
    SourceMenu& menu_;
    std::array<Source, 2> sources_;
    QComboBox* focus_;
    std::vector<std::string> offered_; ///< stems in it
    SourceCard* x_;
    std::array<QPushButton*, 2> guesses_{};
    QLabel* verdict_;
    QCheckBox* match_;
};

} // namespace headroom::ui
