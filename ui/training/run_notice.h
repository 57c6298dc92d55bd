#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace headroom::ui {

class RunModel;

/// A line above the charts with what the user should know of the run before pressing anything: that it was
/// interrupted and where it resumes, that another program trains it. Absent while there is nothing. GUI
/// thread.
class RunNotice : public QFrame {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunNotice(RunModel& run, QWidget* parent = nullptr);

private:
    void refresh();

    RunModel& run_;
    QLabel* text_;
    QPushButton* resume_;
};

} // namespace headroom::ui
