"""The refusals of the standard OData interface: status, code and words."""

UNSUPPORTED, PARSE, FORMAT, BAD_VALUE, REQUIRED, URL, KEY_PART = 0, 1, 2, 4, 5, 6, 7
NO_ENTITY, NO_INSTANCE, NO_METHOD, QUERY, KEY_EXISTS, FORBIDDEN_METHOD, RIGHTS = 8, 9, 11, 14, 15, 19, 20
EXCEPTION = -1


class ODataError(Exception):
    """`code` is one of the interface's table, -1 an exception in the program's own code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def unknown_entity(name: str) -> ODataError:
    return ODataError(404, NO_ENTITY, f'Тип сущности "{name}" не найден.')


def no_instance(entity: str) -> ODataError:
    return ODataError(404, NO_INSTANCE, f'Экземпляр сущности "{entity}" не найден по переданному ключу.')


def unknown_field(name: str) -> ODataError:
    return ODataError(400, URL, f'Неверный формат адреса: сегмент пути "{name}" не найден.')


def unknown_method(name: str) -> ODataError:
    return ODataError(400, URL, f'Неверный формат адреса: метод "{name}" не найден.')


def bad_query(option: str, why: str) -> ODataError:
    return ODataError(400, QUERY, f'Ошибка разбора опции запроса "{option}": {why}')


def exception(message: str) -> ODataError:
    return ODataError(500, EXCEPTION, message)
