CREATE TEMPORARY FUNCTION shout AS 'demo.Shout' LANGUAGE JAVA USING JAR '/nowhere/demo.jar'
