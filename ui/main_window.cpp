#include "ui/main_window.h"

#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace headroom::ui {

MainWindow::MainWindow(Theme&) : tabs_(new QTabBar), pages_(new QStackedWidget) {
    setWindowTitle(QStringLiteral("Headroom"));
    resize(1440, 900);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    tabs_->setExpanding(false);
    column->addWidget(tabs_);
    column->addWidget(pages_, 1);
    setCentralWidget(centre);
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
}

void MainWindow::addPage(QWidget* page, const QString& title) {
    const int number = pages_->addWidget(page);
    tabs_->addTab(title);
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number)), this);
    connect(shortcut, &QShortcut::activated, tabs_, [this, number] { tabs_->setCurrentIndex(number); });
}

} // namespace headroom::ui
